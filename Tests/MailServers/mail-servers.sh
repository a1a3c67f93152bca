#!/usr/bin/env bash
# Throw-away mail servers for the demo, the tests and the benchmark: Dovecot (IMAP over TLS) and
# Postfix's smtp-sink, on free loopback ports, with everything they need and write in one folder.
# Works as root and as an ordinary user.
set -euo pipefail
export LC_ALL=C PATH="$PATH:/usr/sbin:/sbin"

usage() {
    cat <<'TEXT'
usage: mail-servers.sh start DIR [--users N] [--submission] [--oauth2] [--no-dump] [--format FORMAT]
       mail-servers.sh stop DIR
       mail-servers.sh env DIR
       mail-servers.sh deliver DIR [--user NAME] [--folder NAME] FILE|FOLDER...
       mail-servers.sh sink-restart DIR [SMTP-SINK OPTION...]

start    makes DIR (certificates, settings, mail, logs) and starts the servers there; writes DIR/env.
         --users N     beside traces-support, also the mailboxes box1 ... boxN, same password
         --submission  also a Dovecot submission server with AUTH: SUBMISSION_PORT wants STARTTLS,
                       SMTPS_PORT has implicit TLS; it relays to smtp-sink
         --oauth2      XOAUTH2 and OAUTHBEARER too; TOKEN_FILE holds a token for traces-support
         --no-dump     smtp-sink keeps no copies but counts in DIR/sink.log, as mesg=N (for benchmarks)
         --format      how Dovecot keeps mail: maildir (the default), sdbox or mdbox, which is much the fastest
stop     ends the servers of DIR and waits for them; keeps the files.
env      prints DIR/env, lines of the form NAME=value that a shell can source.
deliver  puts mail files (or all *.eml of folders) into the INBOX, in the order given.
sink-restart  starts smtp-sink anew on the same port with other options, e.g. -r RCPT or -w 5.
TEXT
}

fail() {
    echo "mail-servers.sh: $*" >&2
    exit 1
}

# A port below the range that the kernel hands out by itself, on which nobody answers.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Whether the process runs; one that has ended but was not waited for does not count.
running() {
    local state
    [[ -n ${1:-} && -r /proc/$1/stat ]] || return 1
    state=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    [[ $state != *') Z '* ]]
}

# Polls until something answers on the port; gives up when the process is gone or after 20 s.
await_port() {
    local port=$1 pid=$2 tries
    for ((tries = 0; tries < 400; tries++)); do
        if answers "$port"; then return 0; fi
        if ! running "$pid"; then return 1; fi
        sleep 0.05
    done
    return 1
}

end_process() {
    local pid=$1 tries
    running "$pid" || return 0
    kill -TERM "$pid" 2>/dev/null || return 0
    for ((tries = 0; tries < 200; tries++)); do
        running "$pid" || return 0
        sleep 0.05
    done
    kill -KILL "$pid" 2>/dev/null || true
}

make_certificates() {
    local tls=$DIR/tls
    mkdir -p "$tls"
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=Postern throw-away CA" \
        -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -keyout "$tls/ca.key" -out "$tls/ca.pem" 2>>"$DIR/openssl.log"
    openssl req -newkey rsa:2048 -nodes -subj "/CN=localhost" \
        -keyout "$tls/server.key" -out "$tls/server.csr" 2>>"$DIR/openssl.log"
    openssl x509 -req -in "$tls/server.csr" -CA "$tls/ca.pem" -CAkey "$tls/ca.key" -CAcreateserial -days 30 \
        -extfile <(printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n') \
        -out "$tls/server.pem" 2>>"$DIR/openssl.log"
}

base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# A token that Dovecot checks by itself: a JSON Web Token (RFC 7519) signed with a key of this folder.
make_token() {
    local key=$DIR/keys/default/HS256/default secret head claims now
    mkdir -p "$(dirname "$key")"
    secret=$(openssl rand -hex 32)
    printf '%s' "$secret" | openssl base64 -A >"$key"
    now=$(date +%s)
    head=$(printf '{"alg":"HS256","typ":"JWT","kid":"default"}' | base64url)
    claims=$(printf '{"sub":"traces-support","iat":%d,"nbf":%d,"exp":%d}' "$now" "$now" $((now + 86400)) | base64url)
    {
        printf '%s.%s.' "$head" "$claims"
        printf '%s.%s' "$head" "$claims" | openssl dgst -sha256 -hmac "$secret" -binary | base64url
        echo
    } >"$DIR/token"
    cat >"$DIR/oauth2.conf" <<CONF
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=$DIR/keys/
username_attribute = sub
CONF
}

write_dovecot_conf() {
    local protocols=imap mechanisms='plain login'
    if [[ $OAUTH2 == yes ]]; then mechanisms+=' xoauth2 oauthbearer'; fi
    if [[ $SUBMISSION == yes ]]; then protocols="imap submission"; fi
    # Login processes may not chroot and need the users named here, so that no root is needed.
    cat >"$DIR/dovecot.conf" <<CONF
protocols = $protocols
listen = 127.0.0.1
base_dir = $RUN_DIR
state_dir = $RUN_DIR/state
instance_name = $(basename "$RUN_DIR")
log_path = $DIR/dovecot.log
default_internal_user = $INTERNAL_USER
default_internal_group = $INTERNAL_GROUP
default_login_user = $LOGIN_USER
first_valid_uid = 1
mail_fsync = never
mail_location = $FORMAT:~/Maildir
maildir_very_dirty_syncs = yes
disable_plaintext_auth = yes
auth_mechanisms = $mechanisms
auth_cache_size = 1M
ssl = required
ssl_min_protocol = TLSv1.2
ssl_cert = <$DIR/tls/server.pem
ssl_key = <$DIR/tls/server.key
passdb {
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u $DIR/users
}
userdb {
  driver = passwd-file
  args = username_format=%u $DIR/users
}
namespace inbox {
  inbox = yes
  separator = /
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  service_count = 0
  inet_listener imap {
    port = $IMAP_PORT
  }
  inet_listener imaps {
    port = $IMAPS_PORT
    ssl = yes
  }
}
service imap {
  process_limit = 200
}
CONF
    if [[ $OAUTH2 == yes ]]; then
        cat >>"$DIR/dovecot.conf" <<CONF
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = $DIR/oauth2.conf
}
CONF
    fi
    if [[ $SUBMISSION == yes ]]; then
        cat >>"$DIR/dovecot.conf" <<CONF
service submission-login {
  chroot =
  service_count = 0
  inet_listener submission {
    port = $SUBMISSION_PORT
  }
  inet_listener submissions {
    port = $SMTPS_PORT
    ssl = yes
  }
}
hostname = mx.postern.example
submission_relay_host = 127.0.0.1
submission_relay_port = $SMTP_PORT
submission_relay_trusted = no
CONF
    fi
}

make_mailboxes() {
    local name
    : >"$DIR/users"
    for name in "${MAILBOXES[@]}"; do
        mkdir -p "$DIR/mail/$name"
        if [[ $FORMAT == maildir ]]; then mkdir -p "$DIR/mail/$name/Maildir/"{new,cur,tmp}; fi
        echo "$name:{PLAIN}$PASSWORD:$MAIL_UID:$MAIL_GID::$DIR/mail/$name::" >>"$DIR/users"
    done
    chmod 600 "$DIR/users"
    if [[ $EUID -eq 0 ]]; then
        chown -R "$MAIL_UID:$MAIL_GID" "$DIR/mail"
        chown "$INTERNAL_USER" "$DIR/users"
    fi
}

start_sink() {
    local -a options=(-4 -h sink.postern.example)
    if [[ $EUID -eq 0 ]]; then options+=(-u "$MAIL_USER"); fi
    if [[ $DUMP == yes ]]; then options+=(-d "$DIR/sink/m."); else options+=(-c); fi
    : >>"$DIR/sink.log"
    setsid smtp-sink "${options[@]}" "$@" "127.0.0.1:$SMTP_PORT" 256 >>"$DIR/sink.log" 2>&1 </dev/null &
    SINK_PID=$!
    await_port "$SMTP_PORT" "$SINK_PID"
}

start_dovecot() {
    dovecot -c "$DIR/dovecot.conf" -F >>"$DIR/dovecot.log" 2>&1 </dev/null &
    DOVECOT_PID=$!
    await_port "$IMAPS_PORT" "$DOVECOT_PID" && await_port "$IMAP_PORT" "$DOVECOT_PID" || return 1
    if [[ $SUBMISSION == yes ]]; then
        await_port "$SMTPS_PORT" "$DOVECOT_PID" && await_port "$SUBMISSION_PORT" "$DOVECOT_PID"
    fi
}

write_env() {
    {
        echo "IMAP_HOST=localhost"
        echo "IMAPS_PORT=$IMAPS_PORT"
        echo "IMAP_PORT=$IMAP_PORT"
        echo "SMTP_HOST=localhost"
        echo "SMTP_PORT=$SMTP_PORT"
        if [[ $SUBMISSION == yes ]]; then
            echo "SUBMISSION_PORT=$SUBMISSION_PORT"
            echo "SMTPS_PORT=$SMTPS_PORT"
        fi
        echo "USER_NAME=traces-support"
        echo "CA_FILE=$DIR/tls/ca.pem"
        echo "PASSWORD_FILE=$DIR/password"
        if [[ $OAUTH2 == yes ]]; then echo "TOKEN_FILE=$DIR/token"; fi
        echo "SINK_DIR=$DIR/sink"
        echo "MAILDIR=$DIR/mail/traces-support/Maildir"
        echo "MAIL_UID=$MAIL_UID"
        echo "MAIL_GID=$MAIL_GID"
        echo "RUN_DIR=$RUN_DIR"
        echo "DUMP=$DUMP"
        echo "DOVECOT_PID=$DOVECOT_PID"
        echo "SINK_PID=$SINK_PID"
    } >"$DIR/env.new"
    mv "$DIR/env.new" "$DIR/env"
}

start() {
    local users=0 name attempt
    SUBMISSION=no OAUTH2=no DUMP=yes FORMAT=maildir
    while (($#)); do
        case $1 in
            --users) users=${2:?--users wants a number}; shift 2 ;;
            --submission) SUBMISSION=yes; shift ;;
            --oauth2) OAUTH2=yes; shift ;;
            --no-dump) DUMP=no; shift ;;
            --format) FORMAT=${2:?--format wants maildir, sdbox or mdbox}; shift 2 ;;
            *) usage >&2; exit 2 ;;
        esac
    done
    for name in dovecot doveadm smtp-sink openssl setsid; do
        command -v "$name" >/dev/null || fail "$name is missing; run: make packages"
    done
    [[ ! -e $DIR/env ]] || fail "$DIR holds servers already; stop them and remove the folder"
    mkdir -p "$DIR"
    DIR=$(cd "$DIR" && pwd -P)
    mkdir -p "$DIR/mail" "$DIR/sink"
    if [[ $EUID -eq 0 ]]; then
        # Dovecot serves no mail as root, and smtp-sink drops root too: Debian's own `mail` user does both.
        MAIL_USER=mail INTERNAL_USER=dovecot LOGIN_USER=dovenull INTERNAL_GROUP=dovecot
        chmod 711 "$DIR"
        chown "$MAIL_USER" "$DIR/sink"
    else
        MAIL_USER=$(id -un) INTERNAL_USER=$(id -un) LOGIN_USER=$(id -un) INTERNAL_GROUP=$(id -gn)
    fi
    MAIL_UID=$(id -u "$MAIL_USER") MAIL_GID=$(id -g "$MAIL_USER")
    # The path of a UNIX socket holds 107 characters at most, so the sockets have a short folder of their own.
    RUN_DIR=$(mktemp -d /tmp/postern-dovecot.XXXXXX)
    if [[ $EUID -eq 0 ]]; then chmod 755 "$RUN_DIR"; fi
    PASSWORD=$(openssl rand -hex 16)
    (umask 077 && printf '%s\n' "$PASSWORD" >"$DIR/password")
    MAILBOXES=(traces-support)
    for ((name = 1; name <= users; name++)); do MAILBOXES+=("box$name"); done
    make_certificates
    make_mailboxes
    if [[ $OAUTH2 == yes ]]; then make_token; fi
    # Another program may take a port between the look and the bind: then all is tried anew.
    for ((attempt = 0; attempt < 5; attempt++)); do
        IMAPS_PORT=$(free_port) IMAP_PORT=$(free_port) SMTP_PORT=$(free_port)
        SUBMISSION_PORT=$(free_port) SMTPS_PORT=$(free_port)
        SINK_PID='' DOVECOT_PID=''
        write_dovecot_conf
        if start_sink && start_dovecot; then
            write_env
            return 0
        fi
        end_process "$SINK_PID"
        end_process "$DOVECOT_PID"
    done
    tail -n 5 "$DIR/dovecot.log" "$DIR/sink.log" >&2 || true
    fail "the servers did not start; see $DIR/dovecot.log and $DIR/sink.log"
}

stop() {
    [[ -r $DIR/env ]] || return 0
    load_env
    local pid
    for pid in "$DOVECOT_PID" "$SINK_PID"; do
        # The number may belong to somebody else by now.
        case $(cat "/proc/$pid/comm" 2>/dev/null || true) in
            dovecot | smtp-sink) end_process "$pid" ;;
        esac
    done
    if [[ $RUN_DIR == /tmp/postern-dovecot.* ]]; then rm -rf "$RUN_DIR"; fi
    mv "$DIR/env" "$DIR/env.stopped"
}

load_env() {
    [[ -r $DIR/env ]] || fail "no servers run in $DIR"
    # shellcheck source=/dev/null
    source "$DIR/env"
}

deliver() {
    load_env
    local user=traces-support folder=INBOX
    while (($#)); do
        case $1 in
            --user) user=${2:?--user wants a name}; shift 2 ;;
            --folder) folder=${2:?--folder wants a name}; shift 2 ;;
            *) break ;;
        esac
    done
    (($#)) || fail "deliver wants files or folders"
    python3 "$(dirname "${BASH_SOURCE[0]}")/deliver.py" --port "$IMAPS_PORT" --ca "$CA_FILE" \
        --user "$user" --password-file "$PASSWORD_FILE" --folder "$folder" "$@"
}

sink_restart() {
    load_env
    end_process "$SINK_PID"
    SUBMISSION=no OAUTH2=no
    if [[ -n ${SMTPS_PORT:-} ]]; then SUBMISSION=yes; fi
    if [[ -n ${TOKEN_FILE:-} ]]; then OAUTH2=yes; fi
    MAIL_USER=$(id -un "$MAIL_UID")
    start_sink "$@" || fail "smtp-sink did not start; see $DIR/sink.log"
    write_env
}

(($# >= 1)) || { usage >&2; exit 2; }
COMMAND=$1
shift
case $COMMAND in
    -h | --help | help) usage; exit 0 ;;
esac
(($# >= 1)) || { usage >&2; exit 2; }
DIR=$1
shift
if [[ -d $DIR ]]; then DIR=$(cd "$DIR" && pwd -P); fi
case $COMMAND in
    start) start "$@" ;;
    stop) stop ;;
    env) load_env; cat "$DIR/env" ;;
    deliver) deliver "$@" ;;
    sink-restart) sink_restart "$@" ;;
    *) usage >&2; exit 2 ;;
esac
