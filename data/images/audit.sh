# audit.sh: looks for the fix in an environment's image before anything is applied to it.
# Read beside it: added (lines of the fix), need (how many of them tell), packages (names to
# import), created (files that the change brings), end (the merged commit).
# Each finding is a line of its own: bottega-leak<TAB>KIND<TAB>WHERE<TAB>WHAT.
# Kinds: history, copy (another copy of the project), text (lines of the fix), file.
set -u
in=/bottega
cd /testbed || exit 96
say() { printf 'bottega-leak\t%s\t%s\t%s\n' "$1" "$2" "$3"; }

commits=$(git rev-list --all --reflog --count)
[ "$commits" = 1 ] || say history .git "$commits commits can be reached, not 1"
[ -z "$(git remote; git tag; git stash list)" ] || say history .git "a remote, a tag or a stash is left"
[ "$(git worktree list | wc -l)" = 1 ] || say history .git "another worktree is left"
for f in FETCH_HEAD ORIG_HEAD objects/info/alternates; do
    [ ! -e ".git/$f" ] || say history ".git/$f" "it comes from elsewhere"
done
end=$(cat $in/end)
if [ -n "$end" ] && git cat-file -e "$end" 2>/dev/null; then
    say history .git "the merged commit is an object here"
fi

sites=$(python -c 'import sysconfig as s; print("\n".join(sorted({s.get_paths()[k] for k in ("purelib", "platlib")})))')
while read -r name; do
    for site in $sites; do
        for copy in "$site/$name" "$site/$name.py" "$site"/*/_vendor/"$name" "$site"/*/_vendor/"$name.py" \
            "$site"/*/extern/"$name" "$site"/*/_vendor/*/"$name"; do
            [ -e "$copy" ] || continue
            case $(readlink -f "$copy") in
            /testbed/*) ;;
            *) say copy "$copy" "another copy of $name" ;;
            esac
        done
    done
done <$in/packages

while read -r path; do
    [ ! -e "$path" ] || git ls-files --error-unmatch -- "$path" >/dev/null 2>&1 ||
        say file "$path" "the change brings this file, and it is here already"
done <$in/created

# A line that stands in three files is an idiom and tells nothing.
need=$(cat $in/need)
if [ "$need" -gt 0 ]; then
    seen=/tmp/bottega-audit
    { for place in $sites /opt /tmp /home /srv /usr/local/share /usr/share/bottega; do
          [ ! -d "$place" ] || grep -rIlFf $in/added "$place" 2>/dev/null
      done
      git ls-files -z --others | xargs -0 -r grep -IlFf $in/added -- /dev/null 2>/dev/null
    } | sort -u | head -n 500 >$seen.files
    while read -r file; do
        grep -ohFf $in/added -- "$file" | sort -u
    done <$seen.files | sort | uniq -c |
        awk '$1 < 3 { sub(/^ *[0-9]+ /, ""); print }' >$seen.telling
    while read -r file; do
        n=$(grep -ohFf $seen.telling -- "$file" | sort -u | wc -l)
        [ "$n" -lt "$need" ] || say text "$file" "it has $n lines of the fix"
    done <$seen.files
fi
