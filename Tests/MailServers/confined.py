#!/usr/bin/env python3
"""Runs a command under the restrictions of a systemd unit that the kernel can enforce without systemd:
its system-call filter, no memory both writable and executable, its address families, no namespaces, no
realtime scheduling, no personality change, no set-id files, no new privileges, no core dump, its umask, and
(as root) another user without capabilities. For machines where systemd does not run, such as containers.

    confined.py [--user NAME] UNIT COMMAND [ARGUMENT...]

systemd makes the same filters with the same library (seccomp-util.c): what starts here starts there, as far
as system calls go. Mount and device restrictions are not imitated.
"""

import argparse
import ctypes
import errno
import os
import pwd
import resource
import subprocess
import sys

ALLOW = 0x7FFF0000
CMP_NE, CMP_EQ, CMP_GE, CMP_MASKED_EQ = 1, 4, 5, 7
PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 38, 24
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000
# clone(2) flags that make a namespace: mnt, cgroup, uts, ipc, user, pid, net.
NAMESPACE_FLAGS = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)


class Comparison(ctypes.Structure):
    _fields_ = [("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64)]


library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
library.seccomp_init.restype = ctypes.c_void_p
library.seccomp_init.argtypes = [ctypes.c_uint32]
library.seccomp_load.argtypes = [ctypes.c_void_p]
library.seccomp_rule_add_array.argtypes = [
    ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.POINTER(Comparison)]
library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]


class Filter:
    def __init__(self, default):
        self.context = library.seccomp_init(default)

    def add(self, action, name, *comparisons):
        """A rule for one system call; names that this kernel's table lacks are passed over."""
        number = library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return
        array = (Comparison * max(1, len(comparisons)))(*comparisons)
        result = library.seccomp_rule_add_array(self.context, action, number, len(comparisons), array)
        if result not in (0, -errno.EEXIST):
            sys.exit(f"confined.py: no rule for {name}: {os.strerror(-result)}")

    def load(self):
        result = library.seccomp_load(self.context)
        if result:
            sys.exit(f"confined.py: the kernel takes no filter: {os.strerror(-result)}")


def refuse(number):
    return 0x00050000 | number


def unit_settings(path):
    """The [Service] assignments as lists, continued over repeated lines as systemd does."""
    settings, section = {}, None
    with open(path, encoding="utf-8") as unit:
        for line in map(str.strip, unit):
            if line.startswith("["):
                section = line
            elif section == "[Service]" and "=" in line and not line.startswith(("#", ";")):
                key, value = line.split("=", 1)
                settings.setdefault(key, []).append(value)
    return settings


def call_sets():
    """systemd's named sets of system calls."""
    sets, name = {}, None
    listing = subprocess.run(["systemd-analyze", "syscall-filter"], capture_output=True, text=True, check=True).stdout
    for line in listing.splitlines():
        if line.startswith("@"):
            name = line.strip()
            sets[name] = []
        elif not line.strip():
            name = None
        elif name and not line.strip().startswith("#"):
            sets[name].append(line.strip())
    return sets


def members(item, sets):
    if not item.startswith("@"):
        return {item}
    return set().union(*(members(inner, sets) for inner in sets.get(item, [])))


def allowed_calls(settings, sets):
    allowed = set(members("@default", sets))
    for value in settings.get("SystemCallFilter", []):
        listed = set().union(*(members(item, sets) for item in value.lstrip("~").split()))
        allowed = allowed - listed if value.startswith("~") else allowed | listed
    return allowed


def confine(settings, sets):
    deny = Filter(ALLOW)
    denied = refuse(errno.EPERM)
    if settings.get("MemoryDenyWriteExecute") == ["yes"]:
        both = PROT_WRITE | PROT_EXEC
        deny.add(denied, "mmap", Comparison(2, CMP_MASKED_EQ, both, both))
        for name in ("mprotect", "pkey_mprotect"):
            deny.add(denied, name, Comparison(2, CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC))
        deny.add(denied, "shmat", Comparison(2, CMP_MASKED_EQ, SHM_EXEC, SHM_EXEC))
    if settings.get("RestrictNamespaces") == ["yes"]:
        for flag in NAMESPACE_FLAGS:
            for name in ("clone", "unshare"):
                deny.add(denied, name, Comparison(0, CMP_MASKED_EQ, flag, flag))
        deny.add(denied, "setns")
        deny.add(refuse(errno.ENOSYS), "clone3")
    if settings.get("LockPersonality") == ["yes"]:
        deny.add(denied, "personality", Comparison(0, CMP_NE, 0, 0))
    if settings.get("RestrictRealtime") == ["yes"]:
        for policy in (1, 2, 6):
            deny.add(denied, "sched_setscheduler", Comparison(1, CMP_EQ, policy, 0))
    if settings.get("RestrictSUIDSGID") == ["yes"]:
        for name, argument in (("chmod", 1), ("fchmod", 1), ("fchmodat", 2), ("open", 2), ("openat", 3), ("mkdir", 1)):
            for bit in (0o4000, 0o2000):
                deny.add(denied, name, Comparison(argument, CMP_MASKED_EQ, bit, bit))
    families = {"AF_UNIX": 1, "AF_INET": 2, "AF_INET6": 10, "AF_NETLINK": 16}
    if "RestrictAddressFamilies" in settings:
        named = {families[name] for value in settings["RestrictAddressFamilies"] for name in value.split()}
        for family in set(range(46)) - named:
            deny.add(refuse(errno.EAFNOSUPPORT), "socket", Comparison(0, CMP_EQ, family, 0))
        deny.add(refuse(errno.EAFNOSUPPORT), "socket", Comparison(0, CMP_GE, 46, 0))
    deny.load()

    allow = Filter(denied)
    for name in allowed_calls(settings, sets):
        allow.add(ALLOW, name)
    # systemd hands over by execve too; the filter is in force from here on.
    allow.load()


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("unit")
    options.add_argument("--user", help="as root: become this user (default: nobody)", default="nobody")
    options.add_argument("command", nargs=argparse.REMAINDER)
    given = options.parse_args()
    if not given.command:
        options.error("which command?")
    settings, sets = unit_settings(given.unit), call_sets()
    process = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        user = pwd.getpwnam(given.user)
        for capability in range(64):
            process.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)
    if process.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        sys.exit("confined.py: no_new_privs is refused")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(int(settings.get("UMask", ["0077"])[-1], 8))
    confine(settings, sets)
    try:
        os.execvp(given.command[0], given.command)
    except OSError as error:
        sys.exit(f"confined.py: {given.command[0]}: {error.strerror}")


if __name__ == "__main__":
    main()
