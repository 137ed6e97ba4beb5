"""JAX as this room needs it: 64-bit numbers, and compiled programs kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

import jax
import platformdirs


def prepare() -> None:
    """Switch to 64 bits, and keep compiled programs in the user's cache folder.

    A folder the user has chosen (JAX_COMPILATION_CACHE_DIR) is left as it is; one that cannot be written is
    done without: programs are then compiled anew in every process.
    """
    jax.config.update("jax_enable_x64", True)  # type: ignore[no-untyped-call]
    if getattr(jax.config, "jax_compilation_cache_dir", None) is not None:
        return
    folder = Path(platformdirs.user_cache_dir("detente")) / "compiled"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        jax.config.update("jax_compilation_cache_dir", str(folder))  # type: ignore[no-untyped-call]
        jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.2)  # type: ignore[no-untyped-call]
