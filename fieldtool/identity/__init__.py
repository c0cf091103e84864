"""Keys, certificates, signatures, ciphers and whom to believe; the only room that calls cryptography, and it knows no rows or screens.

`envelope` is light and opens a vault; `cms` (and with it pyHanko) is imported only when something is signed for a bundle.
"""
