#!/usr/bin/env python3
"""Writes the vectors of this folder with Python's hashlib and hmac and with the system's libcrypt.

The password salts are fresh each time, so passwords.txt differs from run to run; the digests don't.
"""
import ctypes, hashlib, hmac, pathlib

here = pathlib.Path(__file__).parent


def message(length):
    return bytes((i * 131 + length) % 256 for i in range(length))


def key(length):
    return bytes((i * 17 + length * 5) % 256 for i in range(length))


with open(here / "sha256.txt", "w") as out:
    print("# length, SHA-256 of message(length), HMAC-SHA-256 of it with key(length); see make_vectors.py", file=out)
    for n in range(301):
        print(n, hashlib.sha256(message(n)).hexdigest(), hmac.digest(key(n), message(n), "sha256").hex(), file=out)

crypt = ctypes.CDLL("libcrypt.so.1")
crypt.crypt.restype = crypt.crypt_gensalt.restype = ctypes.c_char_p
passwords = [b"correct horse", "пароль-密码".encode(), b"x" * 511, b" lead and trail ", b"\xff\xfe not UTF-8"]
schemes = [  # prefix and count: the cheapest that the library makes
    (b"$y$", 1), (b"$y$", 2), (b"$gy$", 1), (b"$7$", 6), (b"$2b$", 4), (b"$2a$", 4), (b"$2y$", 4),
    (b"$6$", 1000), (b"$6$", 5000), (b"$5$", 1000), (b"$sha1", 1000), (b"$md5", 4096), (b"$1$", 0), (b"$3$", 0),
]
with open(here / "passwords.txt", "w") as out:
    print("# password in hexadecimal, hash by libxcrypt; see make_vectors.py", file=out)
    for number, (prefix, count) in enumerate(schemes):
        # The expensive scheme gets one password, and the unsalted one no bytes that are not UTF-8.
        chosen = passwords[:1] if prefix == b"$7$" else passwords[:4] if prefix == b"$3$" else passwords
        for password in chosen:
            setting = crypt.crypt_gensalt(prefix, ctypes.c_ulong(count), None, 0)
            hashed = crypt.crypt(password, setting)
            assert hashed and not hashed.startswith(b"*"), (prefix, hashed)
            print(password.hex(), hashed.decode(), file=out)
