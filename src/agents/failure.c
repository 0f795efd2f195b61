#include "agents/agent.h"

#include <string.h>

/* The one table of failure classes. */
static const struct failure_info classes[FAIL_CLASSES] = {
    [FAIL_NONE] = { "", PHASE_EVALUATE, "accepted", "nothing is wrong", NEXT_STOP },
    [FAIL_PATCH_SPLIT] = { "patch-split", PHASE_FETCH, "failed",
                           "the change could not be told apart into tests and fix", NEXT_STOP },
    [FAIL_PATCH_APPLY_TEST] = { "patch-apply-test", PHASE_EVALUATE, "failed",
                                "the test patch does not apply to the base commit", NEXT_STOP },
    [FAIL_PATCH_APPLY_FIX] = { "patch-apply-fix", PHASE_EVALUATE, "failed",
                               "the fix does not apply to the base commit", NEXT_STOP },
    [FAIL_FETCH] = { "fetch", PHASE_FETCH, "error",
                     "the repository or its base commit could not be had", NEXT_RETRY_SAME },
    [FAIL_BASE_IMAGE] = { "base-image", PHASE_IMAGE, "error",
                          "the base image with the interpreter could not be had",
                          NEXT_INTERPRETER },
    [FAIL_INTERPRETER] = { "interpreter", PHASE_BUILD, "failed",
                           "no interpreter at hand runs this version of the project",
                           NEXT_INTERPRETER },
    [FAIL_RESOLVE] = { "resolve", PHASE_LOCK, "failed",
                       "the dependencies have no common solution as of the commit's date",
                       NEXT_INTERPRETER },
    [FAIL_SDIST_BUILD] = { "sdist-build", PHASE_BUILD, "failed",
                           "a dependency could not be built from its source", NEXT_ADD_PACKAGE },
    [FAIL_PROJECT_INSTALL] = { "project-install", PHASE_BUILD, "failed",
                               "the project itself could not be installed", NEXT_RUNG },
    [FAIL_IMPORT] = { "import", PHASE_BUILD, "failed",
                      "a module that the project or its tests need cannot be imported",
                      NEXT_ADD_PACKAGE },
    [FAIL_COLLECT] = { "collect", PHASE_EVALUATE, "failed",
                       "the test files cannot be loaded, also with the fix", NEXT_INTERPRETER },
    [FAIL_NONE_COLLECTED] = { "none-collected", PHASE_EVALUATE, "failed",
                              "the test files hold no test that the runner finds", NEXT_STOP },
    [FAIL_PLUGIN_ARGS] = { "plugin-args", PHASE_EVALUATE, "failed",
                           "the test runner refuses the project's options or plugins",
                           NEXT_ADD_PACKAGE },
    [FAIL_WRONG_COPY] = { "wrong-copy", PHASE_BUILD, "failed",
                          "another copy of the project is imported, not the checkout", NEXT_RUNG },
    [FAIL_NO_F2P] = { "no-f2p", PHASE_EVALUATE, "rejected",
                      "no test fails before the fix and passes with it", NEXT_INTERPRETER },
    [FAIL_FIX_FAILS] = { "fix-fails", PHASE_EVALUATE, "rejected",
                         "the tests of the pull request fail with its fix too", NEXT_INTERPRETER },
    [FAIL_P2P_BROKEN] = { "p2p-broken", PHASE_EVALUATE, "rejected",
                          "a test that passed before fails or is gone with the fix", NEXT_STOP },
    [FAIL_FLAKY] = { "flaky", PHASE_EVALUATE, "rejected",
                     "the same tests end differently when they are repeated", NEXT_STOP },
    [FAIL_TIMEOUT] = { "timeout", PHASE_EVALUATE, "failed", "a time limit was reached", NEXT_STOP },
    [FAIL_OOM] = { "oom", PHASE_EVALUATE, "failed", "the memory limit was reached", NEXT_STOP },
    [FAIL_DISK] = { "disk", PHASE_BUILD, "error", "no space was left on the disk",
                    NEXT_RETRY_SAME },
    [FAIL_ENGINE] = { "engine", PHASE_BUILD, "error",
                      "the container engine or the network behind it failed", NEXT_RETRY_SAME },
    [FAIL_LEAK] = { "leak", PHASE_EVALUATE, "rejected", "the fix can be read in the image",
                    NEXT_STOP },
    [FAIL_SCRIPT_DISHONEST] = { "script-dishonest", PHASE_EVALUATE, "rejected",
                                "the evaluation script's status is not the tests' own", NEXT_STOP },
    [FAIL_NEEDS_NETWORK] = { "needs-network", PHASE_EVALUATE, "rejected",
                             "the tests that tell ask for the network", NEXT_STOP },
    [FAIL_BUDGET] = { "budget", PHASE_ANALYZE, "failed",
                      "the rounds, the time or the money allowed are used up", NEXT_STOP },
};

static const char *const phases[PHASES] = {
    [PHASE_FETCH] = "fetch",     [PHASE_EXPLORE] = "explore", [PHASE_IMAGE] = "image",
    [PHASE_LOCK] = "lock",       [PHASE_BUILD] = "build",     [PHASE_EVALUATE] = "evaluate",
    [PHASE_ANALYZE] = "analyze",
};

const struct failure_info *failure_info(enum failure_class c)
{
    return &classes[(unsigned)c < FAIL_CLASSES ? c : FAIL_NONE];
}

enum failure_class failure_by_name(const char *name)
{
    for (unsigned c = FAIL_NONE + 1; c < FAIL_CLASSES; c++) {
        if (strcmp(classes[c].name, name) == 0)
            return (enum failure_class)c;
    }
    return FAIL_CLASSES;
}

const char *phase_name(enum phase p)
{
    return phases[p];
}
