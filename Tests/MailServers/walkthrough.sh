#!/usr/bin/env bash
# Runs the script that stands in README.md under "The registration guide, step by step", word for word, with the real
# daemon between real mail servers. Status 0 when every command of it did what it says.
#
#   walkthrough.sh POSTERN
set -euo pipefail
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
binary=${1:?walkthrough.sh wants the postern program}
[[ -x $binary ]] || { echo "walkthrough.sh: $binary is no program" >&2; exit 2; }

program=walkthrough
# shellcheck source=room.sh
source "$here/room.sh"

start_servers
write_settings
"$binary" serve --config "$work/postern.yaml" >"$work/postern.log" 2>&1 &
daemon=$!

# What the README's script uses: postern with these settings, and the hands of the people in the story.
postern() { "$binary" "$@" --config "$work/postern.yaml"; }

# send ADDRESS LINK: opens a mailto: link in the mail program of ADDRESS and presses "send".
send() {
    "$here/by-hand.py" write "$1" "$2" >"$work/mail.eml"
    "$here/mail-servers.sh" deliver "$work/servers" "$work/mail.eml"
}

# answer ADDRESS: opens the link in the newest mail for ADDRESS and sends what it holds.
answer() { send "$1" "$("$here/by-hand.py" link "$SINK_DIR" "$1")"; }

# inbox ADDRESS: reads the newest mail for ADDRESS.
inbox() { "$here/by-hand.py" read "$SINK_DIR" "$1"; }

# await account|request ID STATE: until it has come to that.
await() {
    local tries
    for ((tries = 0; tries < 150; tries++)); do
        if ! kill -0 "$daemon" 2>/dev/null; then
            echo "walkthrough: the daemon ended by itself" >&2
            daemon=''
            return 1
        fi
        if postern "$1" show "$2" --json | grep -qE "\"(state|status)\":\"$3\""; then
            echo "$1 $2 is $3"
            return 0
        fi
        sleep 0.2
    done
    echo "walkthrough: $1 $2 did not become $3 within half a minute" >&2
    return 1
}

cd "$work"
awk '/^<!-- walkthrough -->$/ {wanted = 1; next}
    wanted && /^```/ {if (inside) {inside = wanted = 0} else inside = 1; next}
    inside' "$here/../../README.md" >"$work/script.sh"
[[ -s $work/script.sh ]] || { echo "walkthrough.sh: README.md holds no script" >&2; exit 2; }
# Each line is shown before it runs, as in a terminal.
set -o verbose
# shellcheck source=/dev/null
source "$work/script.sh"
set +o verbose
echo "walkthrough: done"
