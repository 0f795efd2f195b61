# audit.sh: looks for the fix in an environment's image before anything is applied to it.
# Read beside it: added (lines of the fix), need (how many of them tell), packages (names to
# import), dist (what the project is called where it is installed), created (files that the change
# brings), end (the merged commit), audit.py (compiled files and copies of what is tracked).
# Each finding is a line of its own: bottega-leak<TAB>KIND<TAB>WHERE<TAB>WHAT<TAB>BYTES; the last
# may be missing. Kinds: history, copy (another copy of the project), cache (the project as it is
# distributed), text (lines of the fix), file, hint (what a build or a patch leaves), build
# (another state of a tracked file), bytecode (compiled from another state).
set -u
in=/bottega
cd /testbed || exit 96
say() { printf 'bottega-leak\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$(printf %s "${4:-}" | tr '\t\r\n' '   ' | cut -c1-160)"; }

commits=$(git rev-list --all --reflog --count)
[ "$commits" = 1 ] || say history .git "$commits commits can be reached, not 1" "$(git log --all --reflog --format='%h %s' -n 3)"
left=$(git remote -v; git tag; git stash list)
[ -z "$left" ] || say history .git "a remote, a tag or a stash is left" "$left"
[ "$(git worktree list | wc -l)" = 1 ] || say history .git "another worktree is left" "$(git worktree list)"
for f in FETCH_HEAD ORIG_HEAD MERGE_HEAD objects/info/alternates; do
    [ ! -e ".git/$f" ] || say history ".git/$f" "it comes from elsewhere" "$(head -c 160 ".git/$f")"
done
lost=$(git cat-file --batch-all-objects --batch-check 2>/dev/null | awk '$2 == "commit" { print $1 }' | grep -vFx "$(git rev-parse HEAD)")
[ -z "$lost" ] || say history .git "a commit that nothing names is an object here" "$lost"
end=$(cat $in/end)
if [ -n "$end" ] && git cat-file -e "$end" 2>/dev/null; then
    say history .git "the merged commit is an object here" "$end"
fi

sites=$(python -c 'import sysconfig as s; print("\n".join(sorted({s.get_paths()[k] for k in ("purelib", "platlib")})))')
while read -r name; do
    for site in $sites; do
        for copy in "$site/$name" "$site/$name.py" "$site"/*/_vendor/"$name" "$site"/*/_vendor/"$name.py" \
            "$site"/*/extern/"$name" "$site"/*/_vendor/*/"$name"; do
            [ -e "$copy" ] || continue
            case $(readlink -f "$copy") in
            /testbed/*) ;;
            *) say copy "$copy" "another copy of $name" "$(du -sb "$copy" | cut -f1) bytes" ;;
            esac
        done
    done
done <$in/packages

dist=$(cat $in/dist | tr -- '-_.' '???')
if [ -n "$dist" ]; then
    find /root /home /tmp /var/cache /var/tmp /opt /srv /usr/local /usr/src -xdev -type f \
        \( -iname "$dist-[0-9]*.whl" -o -iname "$dist-[0-9]*.tar.*" -o -iname "$dist-[0-9]*.zip" -o -iname "$dist-[0-9]*.egg" \) \
        2>/dev/null | while read -r file; do
        say cache "$file" "the project as it is distributed" "$(wc -c <"$file") bytes"
    done
fi

while read -r path; do
    [ ! -e "$path" ] || git ls-files --error-unmatch -- "$path" >/dev/null 2>&1 ||
        say file "$path" "the change brings this file, and it is here already" "$(head -c 160 -- "$path")"
done <$in/created

git ls-files -z --others -- '*.orig' '*.rej' '*.patch' '*.diff' '.pytest_cache/*' '*/.pytest_cache/*' | tr '\0' '\n' |
    head -n 20 | while read -r file; do
    say hint "$file" "a patch or a run of tests has left it" "$(head -c 160 -- "$file")"
done
python $in/audit.py

# A line that stands in three files is an idiom and tells nothing.
need=$(cat $in/need)
if [ "$need" -gt 0 ]; then
    seen=/tmp/bottega-audit
    { for place in $sites /opt /tmp /home /root /srv /var/tmp /usr/src /usr/local/share /usr/share/bottega; do
          [ ! -d "$place" ] || grep -rIlFf $in/added "$place" 2>/dev/null
      done
      git ls-files -z --others | xargs -0 -r grep -IlFf $in/added -- /dev/null 2>/dev/null
    } | sort -u | head -n 500 >$seen.files
    while read -r file; do
        grep -ohFf $in/added -- "$file" | sort -u
    done <$seen.files | sort | uniq -c |
        awk '$1 < 3 { sub(/^ *[0-9]+ /, ""); print }' >$seen.telling
    while read -r file; do
        grep -ohFf $seen.telling -- "$file" | sort -u >$seen.lines
        n=$(wc -l <$seen.lines)
        [ "$n" -lt "$need" ] || say text "$file" "it has $n lines of the fix" "$(head -n 1 $seen.lines)"
    done <$seen.files
fi
