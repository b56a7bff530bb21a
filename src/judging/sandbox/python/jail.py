"""Puts this process where a stranger's program can do no harm, and then runs one side of a run of tests in it.

Nothing is executed after this file: no shell, no other binary, so that the private root needs to hold no program at all.
Every step must succeed; what fails is said on the channel and ends the process.
"""

import ctypes
import json
import os
import platform
import resource
import signal
import stat
import struct
import sys

CHANNEL = 3
NOBODY = 65534
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT = 1, 2, 4, 8, 32
MS_NOATIME, MS_NODIRATIME, MS_BIND, MS_REC, MS_PRIVATE, MS_RELATIME = 1024, 2048, 4096, 16384, 1 << 18, 1 << 21
MNT_DETACH = 2
NEW_NS, NEW_CGROUP, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = (
    0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000,
)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 24, 38

libc = ctypes.CDLL(None, use_errno=True)
libc.prctl.argtypes = [ctypes.c_int] + [ctypes.c_ulong] * 4


def say(message):
    os.write(CHANNEL, (json.dumps(message) + "\n").encode())


def must(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def mount(source, target, kind, flags, options=""):
    arguments = [None if each is None else each.encode() for each in (source, target, kind)]
    must(libc.mount(*arguments, ctypes.c_ulong(flags), options.encode() or None), f"mount {target}")


def write(path, text):
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def new_namespaces():
    """A user namespace in which we may do the rest, and nothing outside of it."""
    flags = NEW_USER | NEW_NS | NEW_PID | NEW_NET | NEW_IPC | NEW_UTS | NEW_CGROUP
    uid, gid, me = os.getuid(), os.getgid(), os.getpid()
    if uid != 0:
        must(libc.unshare(flags), "unshare")
        write("/proc/self/setgroups", "deny")
        write("/proc/self/uid_map", f"{NOBODY} {uid} 1")
        write("/proc/self/gid_map", f"{NOBODY} {gid} 1")
    else:
        # Root maps nobody too, and becomes it later. Only somebody outside may write such a map.
        begun, over = os.pipe(), os.pipe()
        helper = os.fork()
        if helper == 0:
            os.close(begun[1])
            os.read(begun[0], 1)
            for name in ("uid_map", "gid_map"):
                write(f"/proc/{me}/{name}", f"0 0 1\n{NOBODY} {NOBODY} 1")
            os.write(over[1], b"1")
            os._exit(0)
        must(libc.unshare(flags), "unshare")
        os.write(begun[1], b"1")
        os.close(over[1])
        if os.read(over[0], 1) != b"1":
            raise OSError("the ids could not be mapped")
        os.waitpid(helper, 0)
        for each in (*begun, over[0]):
            os.close(each)
    write("/proc/sys/user/max_user_namespaces", "0")


def kept_flags(path):
    """Flags that a bind mount has from its source, and may not lose."""
    given = os.statvfs(path).f_flag
    pairs = ((1, MS_RDONLY), (2, MS_NOSUID), (4, MS_NODEV), (8, MS_NOEXEC), (1024, MS_NOATIME), (2048, MS_NODIRATIME), (4096, MS_RELATIME))
    return sum(flag for bit, flag in pairs if given & bit)


def bind(source, target, flags):
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_RDONLY, 0o444))
    mount(source, target, None, MS_BIND | MS_REC)
    mount(None, target, None, MS_BIND | MS_REMOUNT | MS_NOSUID | kept_flags(source) | flags)


def new_root(config):
    """A root of its own: the runtime, read-only, and a small /tmp. The host's root is gone afterwards."""
    os.umask(0o022)  # whatever we were started with: nobody must be able to enter the folders made here
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    paths = config["runtime"] + [each["path"] for each in config["libraries"]]
    root = next(each for each in ("/mnt", "/media", "/srv", "/opt", "/var", "/tmp") if os.path.isdir(each) and not any(path.startswith(each + "/") for path in paths))
    mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=755")
    for path in config["runtime"]:
        bind(path, root + path, MS_RDONLY | MS_NODEV)
    for path in config["hidden"]:
        mount("tmpfs", root + path, "tmpfs", MS_RDONLY | MS_NOSUID | MS_NODEV, "size=4k,mode=555")
    for library in config["libraries"]:
        bind(library["path"], root + library["path"], MS_RDONLY | MS_NODEV)
        for name in library["names"]:
            link = os.path.join(root + os.path.dirname(library["path"]), name)
            if not os.path.lexists(link):
                os.symlink(os.path.basename(library["path"]), link)
    for name in ("null", "zero", "urandom"):
        try:
            bind(f"/dev/{name}", f"{root}/dev/{name}", MS_NOEXEC)
        except OSError:
            pass
    os.makedirs(root + "/tmp", exist_ok=True)
    mount("tmpfs", root + "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, f"size={config['tmp_bytes']},nr_inodes=512,mode=1777")
    os.chdir(root)
    must(libc.pivot_root(b".", b"."), "pivot_root")
    must(libc.umount2(b".", MNT_DETACH), "umount2")
    os.chdir("/")
    mount(None, "/", None, MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)


def no_privileges():
    """Nobody, without a capability, and without a way to get one."""
    for capability in range(64):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if os.getuid() == 0:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    header = struct.pack("Ii", 0x20080522, 0)
    must(libc.capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0)), "capset")
    must(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def limits(config):
    for name, most in config["limits"].items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


# What no test needs: other processes, other namespaces, tracing, keys, and interfaces of the kernel with a long history.
# Each with its number on x86_64 and on aarch64; None where the call does not exist.
REFUSED = {
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_open": (434, 434), "pidfd_getfd": (438, 438), "unshare": (272, 97), "setns": (308, 268),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "mknod": (133, None),
    "mknodat": (259, 33), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "perf_event_open": (298, 241),
    "bpf": (321, 280), "seccomp": (317, 277), "userfaultfd": (323, 282), "memfd_create": (319, 279), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "socket": (41, 198), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106),
    "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "sethostname": (170, 161),
    "setdomainname": (171, 162), "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180),
}
CLONE3 = 435
MACHINES = {"x86_64": (0, 0xC000003E, 56), "aarch64": (1, 0xC00000B7, 220)}


def refuse_calls():
    """Answers EPERM to those, and lets a clone only make threads."""
    column, arch, clone = MACHINES[platform.machine()]
    numbers = [numbers[column] for numbers in REFUSED.values() if numbers[column] is not None]
    load_arch, load_number, load_flags = (0x20, 0, 0, 4), (0x20, 0, 0, 0), (0x20, 0, 0, 16)
    allow, refuse, absent = (0x06, 0, 0, 0x7FFF0000), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x00050026)
    code = [load_arch, (0x15, 1, 0, arch), refuse, load_number]
    if platform.machine() == "x86_64":
        code += [(0x35, 0, 1, 0x40000000), refuse]
    # clone3 is said to be absent, so that the library uses clone, whose flags can be read here.
    code += [(0x15, 0, 1, CLONE3), absent]
    for number in numbers:
        code += [(0x15, 0, 1, number), refuse]
    code += [(0x15, 0, 3, clone), load_flags, (0x45, 1, 0, 0x10000), refuse, allow]
    program = b"".join(struct.pack("HBBI", *each) for each in code)
    buffer = ctypes.create_string_buffer(program)
    head = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(buffer)))
    must(libc.prctl(PR_SET_SECCOMP, 2, ctypes.addressof(head), 0, 0), "seccomp")


def enter(config):
    """Goes in, and returns in the one process that runs strangers' code."""
    if not config["inner"]:
        new_namespaces()
        must(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "pdeathsig")
        new_root(config)
    first = os.fork() if not config["inner"] else 0
    if first != 0:
        os.close(CHANNEL)
        _, status = os.waitpid(first, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    no_privileges()
    must(libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0), "dumpable")
    must(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "pdeathsig")
    limits(config)
    worker = os.fork()
    if worker != 0:
        # The first process of the namespace: when it ends, the kernel ends all the others.
        os.close(CHANNEL)
        while True:
            pid, status = os.wait()
            if pid == worker:
                os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    must(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "pdeathsig")
    refuse_calls()


def main():
    config = json.loads(sys.argv[1])
    here = os.path.dirname(os.path.abspath(__file__))
    sources = {}
    for name in ("mirror", "peer", "remote", "solution", "tests", "checks", "probe"):
        with open(os.path.join(here, f"{name}.py"), encoding="utf-8") as file:
            sources[name] = file.read()
    try:
        for number in os.listdir("/proc/self/fd") if not config["inner"] else []:
            if int(number) > CHANNEL:
                try:
                    os.close(int(number))
                except OSError:
                    pass
        enter(config)
    except BaseException as error:
        say({"failed": f"no sandbox: {error}", "sandbox": False})
        os._exit(1)
    sys.argv[:] = ["solution.py"]
    sys.path[:] = [each for each in config["runtime"] if os.path.isdir(each)] + config["dynload"]
    sys.dont_write_bytecode = True
    run = {"__name__": "mirror", "SOURCES": sources, "CHANNEL": CHANNEL}
    for name in ("mirror", "peer"):
        exec(compile(sources[name], f"<{name}>", "exec"), run)
    run["start"]()


if __name__ == "__main__":
    main()
