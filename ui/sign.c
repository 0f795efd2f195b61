#include "ui/sign.h"

#include "base/macros.h"

#include <string.h>

static const struct {
    const char *state, *sign;
    enum role role;
} signs[] = {
    { "accepted", "●", ROLE_ACCEPTED },
    { "running", "◐", ROLE_RUNNING },
    { "new", "○", ROLE_NEW },
    { "rejected", "✕", ROLE_REJECTED },
    { "failed", "!", ROLE_FAILED },
    { "error", "~", ROLE_WARNING },
    { "screened", "–", ROLE_SCREENED },
    { "done", "●", ROLE_ACCEPTED },
    { "paused", "‖", ROLE_WARNING },
    { "cancelled", "✕", ROLE_REJECTED },
    { "interrupted", "!", ROLE_FAILED },
    { "superseded", "–", ROLE_SCREENED },
    { "queued", "○", ROLE_NEW },
    { "resolved", "●", ROLE_ACCEPTED },
    { "unresolved", "✕", ROLE_REJECTED },
    { "partial", "◐", ROLE_WARNING },
    { "no-patch", "–", ROLE_SCREENED },
    { "eval-error", "!", ROLE_FAILED },
    { "infra", "~", ROLE_WARNING },
    { "unknown", "○", ROLE_NEW },
};

const char *state_sign(const char *state)
{
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (strcmp(signs[i].state, state) == 0)
            return signs[i].sign;
    return "?";
}

ink_t state_ink(const char *state)
{
    for (size_t i = 0; i < ARRAY_LEN(signs); i++)
        if (strcmp(signs[i].state, state) == 0)
            return signs[i].role;
    return ROLE_TEXT;
}
