# engine.sh: sourced by ./bootstrap; engine_ensure leaves a container engine that answers.
#
# In this order: one that answers already; as root, Debian's docker.io with a daemon started by
# hand (no systemd needed; its log in build/); podman, which needs no daemon. Says nothing when
# there is nothing to do. Needs say() and have().

engine_answers() {
    for engine_found in docker /usr/bin/docker podman; do
        have "$engine_found" && "$engine_found" ps -q >/dev/null 2>&1 && return 0
    done
    return 1
}

# As root or by a sudo that asks nothing.
engine_install() {
    have apt-get || return 1
    engine_sudo=
    if [ "$(id -u)" != 0 ]; then
        have sudo && sudo -n true 2>/dev/null || return 1
        engine_sudo=sudo
    fi
    say "installing $1"
    mkdir -p build
    for engine_try in install update; do
        [ $engine_try = install ] || $engine_sudo apt-get update -qq >>build/apt.log 2>&1
        $engine_sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
            "$@" >>build/apt.log 2>&1 && return 0
    done
    return 1
}

# A daemon of its own session outlives this script and its terminal.
engine_start_dockerd() {
    mkdir -p build
    if have systemctl && [ -d /run/systemd/system ]; then
        systemctl start docker >build/dockerd.log 2>&1
    else
        # One that died may have left its pid behind, which would keep a new one from starting.
        if [ -f /var/run/docker.pid ] && ! kill -0 "$(cat /var/run/docker.pid)" 2>/dev/null; then
            rm -f /var/run/docker.pid
        fi
        setsid dockerd >build/dockerd.log 2>&1 </dev/null &
    fi
    engine_tries=0
    until engine_answers; do
        engine_tries=$((engine_tries + 1))
        [ $engine_tries -le 60 ] || return 1
        sleep 0.5
    done
}

engine_ensure() {
    engine_answers && return 0
    if [ "$(id -u)" = 0 ]; then
        have dockerd || engine_install docker.io iptables || say "docker.io cannot be installed; see build/apt.log"
        if have dockerd; then
            say "starting dockerd (log: build/dockerd.log)"
            engine_start_dockerd && return 0
            say "dockerd does not come up: $(tail -n 1 build/dockerd.log)"
        fi
    fi
    have podman || engine_install podman runc catatonit uidmap slirp4netns fuse-overlayfs || true
    engine_answers && return 0
    say "no container engine answers; run one of these, then the same command again:"
    printf '  sudo apt-get install docker.io && sudo usermod -aG docker %s   (and log in again)\n' "$(id -un)" >&2
    printf '  sudo apt-get install podman\n' >&2
    exit 3
}
