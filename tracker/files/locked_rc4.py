"""The lock of old Office files: RC4 with a key from the password, anew for every block."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import md5, sha1
from io import BytesIO
from typing import TYPE_CHECKING

from tracker.files.locked import locked, passwords, unknown_lock

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.files.reading import Request

_PLAIN, _CRYPTO_API = (1, 1), 2
_SALT, _VERIFIER, _SHA1 = 16, 16, 20
_DEFAULT_BITS = 40
_RC4 = 0x6801


@dataclass(frozen=True, slots=True)
class Lock:
    """How a file is locked: the salt, the key's bits (0 for the older way), and the check."""

    salt: bytes
    bits: int
    check: bytes

    def decrypt(self, password: str, data: bytes, block: int) -> bytes:
        """Return `data` unlocked; the key changes every `block` bytes."""
        from msoffcrypto.method.rc4 import DocumentRC4
        from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI

        source = BytesIO(data)
        if not self.bits:
            opened = DocumentRC4.decrypt(password, self.salt, source, blocksize=block)
        else:
            opened = DocumentRC4CryptoAPI.decrypt(
                password, self.salt, self.bits, source, blocksize=block
            )
        plain: bytes = opened.getvalue()
        return plain

    def opens(self, password: str) -> bool:
        """Tell whether `password` is the one."""
        plain = self.decrypt(password, self.check, len(self.check))
        hashed = (sha1 if self.bits else md5)(plain[:_VERIFIER], usedforsecurity=False)
        return hashed.digest() == plain[_VERIFIER:]


def read_lock(info: bytes, name: str) -> Lock:
    """Read how a file is locked.

    Args:
        info: the encryption header, from its version on.
        name: the file's name, for messages.

    Raises:
        FileProblem: it is locked in another way.
    """
    version = struct.unpack_from("<HH", info)
    if version == _PLAIN:
        return Lock(info[4:20], 0, info[20:52])
    if version[1] != _CRYPTO_API:
        raise unknown_lock(name)
    (size,) = struct.unpack_from("<I", info, 8)
    algorithm, _, bits = struct.unpack_from("<III", info, 20)
    if algorithm not in (0, _RC4):
        raise unknown_lock(name)
    at = 12 + size + 4
    salt = info[at : at + _SALT]
    at += _SALT
    check = info[at : at + _VERIFIER] + info[at + _VERIFIER + 4 :][:_SHA1]
    return Lock(salt, bits or _DEFAULT_BITS, check)


def opener(lock: Lock, request: Request) -> Callable[[bytes, int], bytes]:
    """Return what unlocks the streams of a file.

    Raises:
        PasswordNeeded: no password was given, or a wrong one.
    """
    password = next((word for word in passwords(request) if lock.opens(word)), None)
    if password is None:
        raise locked(request)
    return lambda data, block: lock.decrypt(password, data, block)
