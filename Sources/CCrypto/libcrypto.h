// OpenSSL's libcrypto as far as outturn needs it: SHA-256 and HMAC. Only the target Hashing imports this.
#include <openssl/evp.h>
#include <openssl/hmac.h>
