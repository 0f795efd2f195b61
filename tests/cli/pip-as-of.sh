#!/bin/sh
# The index of a date that pip resolves behind: what it passes on, and what a file name says.
. "$(dirname "$0")/../lib.sh"

if ! command -v python3 >/dev/null; then
    skip "pip as of a date" "no python3"
    finish
fi
cat >"$tmp/try.py" <<'PY'
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
import pip_as_of as p

def row(name, day, **more):
    return dict({"filename": name, "hashes": {"sha256": "5f"}, "upload-time": day + "T00:00:00.5Z"}, **more)

class Index(p.Index):
    def ask(self, name):
        return {"a": [row("a-1.tar.gz", "2016-01-01"), row("a-2.tar.gz", "2016-03-05"),
                      row("a-1.5.tar.gz", "2016-02-01", yanked="broken")],
                "old": [{"filename": "old-1.zip", "hashes": {}}], "gone": [], "away": None}[name]

i = Index("", "2016-03-05T00:00:00Z", {})
say = lambda files: " ".join(f["filename"] for f in files)
print("date:", say(i.files("a")))
print("served:", sorted(i.served))
print("younger:", say(Index("", "2000-01-01T00:00:00Z", {"a": "2100-01-01T00:00:00Z"}).files("a")))
print("unknown:", i.files("gone"), i.broken)
print("away:", i.files("away"))
print("times:", i.files("old"), i.broken)
print("versions:", *[p.version_of(n, f) for n, f in [
    ("foo-bar", "foo_bar-1.0-py2-none-any.whl"), ("foo-bar", "foo-bar-1.0.tar.gz"),
    ("foo-bar", "Foo.Bar-2.0b1-1.zip"), ("foo", "bar-1.0.tar.gz")]])
print("names:", *[p.name_of(s) for s in ["Foo_Bar[x]>=1", "a ; python_version<'3'", "./x", "-e ."]])
PY
said=$(python3 "$tmp/try.py" "$BOTTEGA_TOP/data/images")
like "what is younger or yanked stays away" '^date: a-1.tar.gz$' "$said"
like "what was passed on is known" "^served: \['a-1.tar.gz'\]$" "$said"
like "a package may be younger" '^younger: a-1.tar.gz a-2.tar.gz$' "$said"
like "an unknown one is no fault" '^unknown: \[\] None$' "$said"
like "an index that is away is told from it" '^away: None$' "$said"
like "so is one without upload times" '^times: None the package index tells no upload times$' "$said"
like "versions" '^versions: 1.0 1.0 2.0b1-1 None$' "$said"
like "names" '^names: foo-bar a  $' "$said"
finish
