/* A card that is harder to deal with than SoftHSM's: stands before the library in STUBBORN_MODULE and does what STUBBORN_DOES names.
 *
 * counts   three wrong PINs lock it, and its flags say so; the count is the length of the file STUBBORN_COUNT
 * digest   signs digests only (CKM_RSA_PKCS)        keypad  asks for the PIN itself: STUBBORN_PIN
 * forge    signs something else                     gone    was pulled out before it signs
 * crash    dies when it signs                       hang    never answers when it signs
 * loud     prints on both outputs
 * Each logout and each end is a letter in the file STUBBORN_LOG, where there is one.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef unsigned long word;
typedef word (*call)();
struct functions { unsigned char version[2]; call at[68]; };
enum { FINALIZE = 1, GET_FUNCTIONS = 3, TOKEN_INFO = 6, LOGIN = 18, LOGOUT = 19, SIGN_INIT = 42, SIGN = 43 };
enum { OK = 0, DEVICE_REMOVED = 0x32, MECHANISM_INVALID = 0x70, PIN_INCORRECT = 0xa0, PIN_LOCKED = 0xa4 };
enum { KEYPAD = 0x100, LOW = 0x10000, FINAL = 0x20000, LOCKED = 0x40000, MOST = 3 };

static struct functions ours, *real;

static int does(const char *what) { return strstr(getenv("STUBBORN_DOES"), what) != NULL; }

static void note(const char *name, char letter) {
    FILE *file = getenv(name) ? fopen(getenv(name), "a") : NULL;
    if (file) { fputc(letter, file); fclose(file); }
}

static long wrong(void) {
    FILE *file = fopen(getenv("STUBBORN_COUNT"), "r");
    long length = 0;
    if (file) { fseek(file, 0, SEEK_END); length = ftell(file); fclose(file); }
    return length;
}

static word token_info(word slot, unsigned char *info) {
    word result = real->at[TOKEN_INFO](slot, info), *flags = (word *)(info + 96);
    if (does("keypad")) *flags |= KEYPAD;
    if (does("counts")) *flags |= (wrong() > 0 ? LOW : 0) | (wrong() == MOST - 1 ? FINAL : 0) | (wrong() >= MOST ? LOCKED : 0);
    return result;
}

static word login(word session, word who, unsigned char *pin, word length) {
    word result;
    if (does("loud")) { printf("%.*s\n", (int)length, pin); fflush(stdout); fprintf(stderr, "%.*s\n", (int)length, pin); }
    if (does("counts") && wrong() >= MOST) return PIN_LOCKED;
    if (!pin) { pin = (unsigned char *)getenv("STUBBORN_PIN"); length = strlen((char *)pin); }
    result = real->at[LOGIN](session, who, pin, length);
    if (does("counts") && result == PIN_INCORRECT) note("STUBBORN_COUNT", 'x');
    return result;
}

static word logout(word session) { note("STUBBORN_LOG", 'o'); return real->at[LOGOUT](session); }

static word finalize(void *nothing) { note("STUBBORN_LOG", 'f'); return real->at[FINALIZE](nothing); }

static word sign_init(word session, word *mechanism, word key) {
    return does("digest") && *mechanism != 1 ? MECHANISM_INVALID : real->at[SIGN_INIT](session, mechanism, key);
}

static word sign(word session, unsigned char *data, word length, unsigned char *out, word *size) {
    word result;
    if (does("crash")) abort();
    while (does("hang")) sleep(1);
    if (does("gone")) return DEVICE_REMOVED;
    result = real->at[SIGN](session, data, length, out, size);
    if (does("forge") && result == OK && out) out[*size / 2] ^= 1;
    return result;
}

word C_GetFunctionList(struct functions **list) {
    void *library = dlopen(getenv("STUBBORN_MODULE"), RTLD_NOW);
    call find = library ? (call)dlsym(library, "C_GetFunctionList") : NULL;
    if (!find || find(&real) != OK) return 5;
    ours = *real;
    ours.at[GET_FUNCTIONS] = (call)C_GetFunctionList;
    ours.at[FINALIZE] = (call)finalize;
    ours.at[TOKEN_INFO] = (call)token_info;
    ours.at[LOGIN] = (call)login;
    ours.at[LOGOUT] = (call)logout;
    ours.at[SIGN_INIT] = (call)sign_init;
    ours.at[SIGN] = (call)sign;
    *list = &ours;
    return OK;
}
