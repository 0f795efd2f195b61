#!/bin/sh
# report yield on the workspace of tests/fixtures/mkworkspace, and on files that were tampered with.
. "$(dirname "$0")/../lib.sh"

if ! command -v python3 >/dev/null; then
    skip "report yield" "no python3"
    finish
fi
"$BOTTEGA_TOP/tests/fixtures/mkworkspace" "$tmp/w"
b() { "$BOTTEGA" -C "$tmp/w" "$@"; }
field() { python3 -c 'import json, sys; d = json.load(sys.stdin); print(eval(sys.argv[1]))' "$1"; }
steps='" ".join(str(s["instances"]) for s in d["funnel"])'

# dev-1 again, counted by other hands.
counted=$(python3 - "$tmp/w" <<'PY'
import glob, json, sys
order = ["fetch", "lock", "build", "evaluate"]
n = dict.fromkeys("attempted fetched resolved built accepted".split(), 0)
for path in glob.glob(sys.argv[1] + "/runs/dev-1/*/*/status.json"):
    s = json.load(open(path))
    rounds = [json.load(open(p)) for p in glob.glob(path[:-len("status.json")] + "round-*/evaluation.json")]
    far = max([order.index("evaluate" if p == "analyze" else p) for p in [s["phase"]] + [r["reached"] for r in rounds]])
    n["attempted"] += 1
    for k, name in enumerate(["fetched", "resolved", "built"], 1):
        n[name] += far >= k
    n["accepted"] += s["state"] == "accepted"
print(*n.values())
PY
)
status "a run has a yield" 0 b report yield --run dev-1
like "… as a table" '^accepted +18 +45\.0 % +0 +all clauses hold$' "$out"
like "… with what went wrong" '^fix-fails +3 +13\.6 % +the tests of the pull request fail' "$out"
like "… what fired" '^missing-module +[0-9]+ +[0-9]+ +[0-9]+ +[0-9.]+ % +[0-9]+$' "$out"
like "… the seconds" '^build +[0-9]+m [0-9]+s +5[0-9]\.[0-9] % ' "$out"
like "… the files of each phase" '^evaluate +[0-9.]+ [KM]iB +[0-9.]+ %' "$out"
like "… and the bytes" '^accepted +18 +3\.5 GiB +200 MiB' "$out"
json=$(b report yield --run dev-1 --json)
is "the funnel counts what the files say" "$counted" \
    "$(printf '%s' "$json" | field '" ".join(str(s["instances"]) for s in d["funnel"] if s["step"] in "attempted fetched resolved built accepted".split())')"
is "no step has more than the one before" True "$(printf '%s' "$json" | field '(lambda f: f == sorted(f, reverse=True))([s["instances"] for s in d["funnel"]])')"
is "the bytes of files are those on the disk" "$(find "$tmp"/w/runs/dev-1/*/*/round-* -type f -printf '%s\n' | python3 -c 'import sys; print(sum(map(int, sys.stdin)))')" \
    "$(printf '%s' "$json" | field 'sum(v["total"] for v in d["file_bytes"].values())')"
is "all that was not accepted has a class" 22 "$(printf '%s' "$json" | field 'sum(c["instances"] for c in d["failures"])')"
is "without a run each instance counts once" 42 "$(b report yield --json | field 'd["funnel"][0]["instances"]')"
is "a query chooses" "$(b list instances --json -w 'run:dev-2 state:accepted' | wc -l)" "$(b report yield -w 'run:dev-2 state:accepted' --json | field 'd["funnel"][-1]["instances"]')"
is "one that matches nothing gives noughts" "0 0 0 0 0 0 0 0 0 0" "$(b report yield -w 'id:nothing' --json | field "$steps")"
status "two runs at once are refused" 2 b report yield --run dev-1 -w run:dev-2
status "a wrong query is the command's fault" 2 b report yield -w 'stat:failed'
status "so is an unknown report" 2 b report income
like "… and those there are are named" 'One of: yield' "$out"
status "so are two forms" 2 b report yield --json --html "$tmp/x.html"

# Foreign bytes: every file is named, the rest is counted, nothing is sent as it is.
set -- $(b list instances -w 'run:dev-1 state:failed' --json | cut -d'"' -f4)
at() { echo "$tmp"/w/runs/dev-1/*/"$1"; }
printf '{"format":1,' >"$(at "$1")/cost.json"
printf '{"format":9}' >"$(at "$2")/round-1/evaluation.json"
rm "$(at "$3")/round-1/analysis.json" && mkfifo "$(at "$3")/round-1/analysis.json"
printf '[1]' >"$(at "$4")/round-1/evaluation.json"
printf '{"format":1,"seconds":{"build":-5}}' >"$(at "$4")/cost.json"
python3 - "$(at "$5")/round-1/analysis.json" <<'PY'
import json, sys
d = json.load(open(sys.argv[1]))
d["rule"] = "<script>alert('\x1b[31m')</script>&\""
json.dump(d, open(sys.argv[1], "w"))
PY
rm -r "$(at "$6")/cost.json" && mkdir "$(at "$6")/cost.json"
status "files that cannot be used do not end it" 1 b report yield --run dev-1
like "… the torn one is named" "^runs/dev-1/.*/$1/cost.json: not JSON" "$out"
like "… the one from the future" "^runs/dev-1/.*/$2/round-1/evaluation.json: made by a newer bottega" "$out"
like "… the pipe" "^runs/dev-1/.*/$3/round-1/analysis.json: no file" "$out"
like "… the list" "^runs/dev-1/.*/$4/round-1/evaluation.json: no JSON object" "$out"
like "… the number that cannot be" "^runs/dev-1/.*/$4: cost.json has a number" "$out"
like "… the folder" "^runs/dev-1/.*/$6/cost.json: no file" "$out"
is "… and all environments still count" 40 "$(b report yield --run dev-1 --json 2>/dev/null | field 'd["funnel"][0]["instances"]')"
is "no escape reaches the terminal" 0 "$(b report yield --run dev-1 2>&1 | grep -c "$(printf '\033')")"

status "a page is written" 1 b report yield --run dev-1 --html "$tmp/page.html"
is "… that runs nothing and fetches nothing" 0 "$(grep -ciE '<script|javascript:|https?:|url\(|<link|<img|<iframe' "$tmp/page.html")"
like "… where foreign text is text" '&lt;script&gt;alert\(&#39;\^\[\[31m&#39;\)&lt;/script&gt;&amp;&quot;' "$(cat "$tmp/page.html")"
like "… with bars" '<rect fill="#33aa77" width="[0-9.]+" height="12"/>' "$(cat "$tmp/page.html")"
status "… well formed" 0 python3 - "$tmp/page.html" <<'PY'
import html.parser, sys
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open = []
    def handle_starttag(self, tag, attrs):
        if tag != "meta":
            self.open.append(tag)
    def handle_startendtag(self, tag, attrs):
        pass
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
p = Page()
p.feed(open(sys.argv[1]).read())
assert p.open == []
PY
status "a page that cannot be written is an error" 1 b report yield --html "$tmp/none/page.html"
finish
