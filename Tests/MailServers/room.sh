# What the demo and the walkthrough have in common, to be sourced: a folder with real mail servers and settings for them,
# and an end that stops whatever was started. Wants $here, $program (how messages call the script) and
# POSTERN_DEMO_KEEP as it may be set; gives $work; knows the daemon by its process id in $daemon.
# shellcheck shell=bash

work=$(mktemp -d "/tmp/postern-$program.XXXXXX")
chmod 711 "$work"
daemon=''

finish() {
    local status=$?
    trap - EXIT
    if [[ -n $daemon ]]; then
        kill -TERM "$daemon" 2>/dev/null || true
        wait "$daemon" 2>/dev/null || true
    fi
    "$here/mail-servers.sh" stop "$work/servers" || true
    if ((status)) && [[ -s $work/postern.log ]]; then
        echo "$program: the end of the daemon's log:" >&2
        tail -n 15 "$work/postern.log" >&2
    fi
    if [[ ${POSTERN_DEMO_KEEP:-} == 1 ]]; then echo "$program: kept in $work"; else rm -rf "$work"; fi
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Starts Dovecot (IMAP and submission, both with TLS) and smtp-sink, and takes over what they say of themselves.
start_servers() {
    "$here/mail-servers.sh" start "$work/servers" --submission
    # shellcheck source=/dev/null
    source "$work/servers/env"
    install -m 600 "$PASSWORD_FILE" "$work/password"
    mkdir "$work/state"
}

# Writes $work/postern.yaml for these servers; the database lies in $work/state.
write_settings() {
    cat >"$work/postern.yaml" <<SETTINGS
support:
  addresses: [traces-support@postern.example]
mailbox:
  url: imaps://localhost:$IMAPS_PORT/INBOX
  user: $USER_NAME
  password_file: $work/password
  ca_file: $CA_FILE
submission:
  url: smtps://localhost:$SMTPS_PORT
  user: $USER_NAME
  password_file: $work/password
  ca_file: $CA_FILE
trust:
  authserv_id: mx.postern.example
store:
  path: $work/state/postern.db
log:
  format: json
SETTINGS
}
