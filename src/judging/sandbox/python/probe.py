# Tries, from where a solution would stand, what it must not be able to do. Each answer is true when it was refused.

import ctypes
import resource
import socket
import threading
import time


def refused(attempt):
    try:
        attempt()
    except BaseException:
        return True
    return False


def read_any(paths):
    for path in paths:
        with open(path, "rb") as file:
            file.read(1)


def system(name, *args):
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*args) != 0:
        raise OSError(ctypes.get_errno(), name)


def connect(port):
    with socket.socket() as client:
        client.settimeout(1)
        client.connect(("127.0.0.1", port))


def found_files(runtime):
    """Files that the private root holds besides the runtime."""
    strange = []
    for folder, folders, files in os.walk("/"):
        if any(folder == each or folder.startswith(each + "/") for each in runtime):
            folders.clear()
            continue
        strange += [os.path.join(folder, each) for each in files]
    return strange


def write_to(path, size=1):
    with open(path, "wb") as file:
        for _ in range(size):
            file.write(bytes(2**20))


def threads(count):
    begun = [threading.Thread(target=time.sleep, args=(0.3,), daemon=True) for _ in range(count)]
    for each in begun:
        each.start()


def is_confined_tmp():
    write_to("/tmp/own")
    os.unlink("/tmp/own")
    return True


def main(channel, job):
    libc = ctypes.CDLL(None)
    runtime, libraries = job["runtime"], job["libraries"]
    allowed = {*libraries, "/dev/null", "/dev/zero", "/dev/urandom"}
    names = {os.path.basename(each) for each in libraries}
    strange = [each for each in found_files(runtime) if each not in allowed and not (os.path.islink(each) and os.path.basename(os.readlink(each)) in names)]
    shown = {
        "network: connecting": refused(lambda: connect(job["port"])),
        "network: interfaces": [name for _, name in socket.if_nameindex()] in ([], ["lo"]) if not refused(socket.if_nameindex) else True,
        "files: the host's": refused(lambda: read_any([job["canary"]])) and all(refused(lambda: read_any([each])) for each in ("/etc/passwd", "/etc/hostname", "/proc/self/status", "/proc/1/environ", "/sys/kernel/hostname")),
        "files: others": not strange,
        "files: writing": all(refused(lambda: write_to(each)) for each in ("/own", runtime[0] + "/own", "/dev/own", "/dev/null/own")),
        "files: the runtime": refused(lambda: os.chmod(runtime[0], 0o777)) and refused(lambda: os.rename(runtime[0], runtime[0] + "x")),
        "files: a private /tmp": is_confined_tmp(),
        "way up: user": os.getuid() != 0 and os.geteuid() != 0 and refused(lambda: os.setuid(0)) and refused(lambda: os.setgid(0)),
        "way up: capabilities": all(libc.prctl(23, each, 0, 0, 0) in (0, -1) for each in range(64)),
        "way up: no new privileges": libc.prctl(39, 0, 0, 0, 0) == 1,
        "way up: namespaces": all(refused(lambda: system("unshare", each)) for each in (0x10000000, 0x20000, 0x40000000)),
        "way up: mounting": refused(lambda: system("mount", b"none", b"/tmp", b"tmpfs", 0, None)),
        "way up: tracing": refused(lambda: system("ptrace", 16, 1, 0, 0)),
        "processes: of others": os.getpid() < 10 and refused(lambda: os.kill(100_000, 0)) and not os.path.exists("/proc/1"),
        "processes: new ones": refused(os.fork) and refused(lambda: os.execv("/bin/true", ["true"])) and refused(lambda: os.posix_spawn("/bin/true", ["true"], {})),
        "limit: memory": refused(lambda: bytearray(2 * resource.getrlimit(resource.RLIMIT_AS)[0])) and 0 < resource.getrlimit(resource.RLIMIT_AS)[1] < 2**31,
        "limit: processor": 0 < resource.getrlimit(resource.RLIMIT_CPU)[1] <= 120,
        "limit: file size": refused(lambda: write_to("/tmp/big", 64)),
        "limit: processes": refused(lambda: threads(200)),
        "limit: cores": resource.getrlimit(resource.RLIMIT_CORE)[1] == 0,
    }
    channel.write({"probe": shown, "strange": strange[:5]})
