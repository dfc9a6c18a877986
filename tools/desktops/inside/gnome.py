"""gs.py WORD...: eval JS | shot FILE | move X Y | click [BUTTON] | key NAME | type TEXT | wait S | at TEXT (moves to the St.Button/label showing TEXT)"""

import sys, time, json
from gi.repository import Gio, GLib

bus = Gio.bus_get_sync(Gio.BusType.SESSION)


def call(name, path, iface, method, sig=None, args=(), t=20000):
    return bus.call_sync(name, path, iface, method, GLib.Variant(sig, args) if sig else None, None, 0, t, None).unpack()


def ev(js):
    ok, out = call("org.gnome.Shell", "/org/gnome/Shell", "org.gnome.Shell", "Eval", "(s)", (js,))
    return (json.loads(out) if ok and out else out) if ok else "ERR " + out


rd = None


def remote():
    global rd
    if rd is None:
        rd = call(
            "org.gnome.Mutter.RemoteDesktop",
            "/org/gnome/Mutter/RemoteDesktop",
            "org.gnome.Mutter.RemoteDesktop",
            "CreateSession",
        )[0]
        call("org.gnome.Mutter.RemoteDesktop", rd, "org.gnome.Mutter.RemoteDesktop.Session", "Start")
        time.sleep(0.3)
    return rd


def r(method, sig, args):
    call("org.gnome.Mutter.RemoteDesktop", remote(), "org.gnome.Mutter.RemoteDesktop.Session", method, sig, args)


def move(x, y):
    remote()
    px, py = ev("global.get_pointer().slice(0,2)")
    r("NotifyPointerMotionRelative", "(dd)", (float(x) - px, float(y) - py))
    time.sleep(0.25)


FIND = """(function(){let hits=[];function walk(a){if(!a.visible||!a.mapped)return;let t=(a.text!==undefined&&a.text)||(a.label!==undefined&&a.label)||'';
 if(typeof t==='string'&&t.indexOf(%s)>=0){let [x,y]=a.get_transformed_position();let [w,h]=a.get_transformed_size();if(w>0&&x+w/2>0&&y+h/2>0&&x<1280&&y<800)hits.push([t,x+w/2,y+h/2,a.toString()]);}
 a.get_children().forEach(walk);}walk(global.stage);return hits;})()"""
KEYS = dict(
    esc=0xFF1B,
    enter=0xFF0D,
    tab=0xFF09,
    super=0xFFEB,
    space=0x20,
    up=0xFF52,
    down=0xFF54,
    left=0xFF51,
    right=0xFF53,
    f11=0xFFC8,
)
w = sys.argv[1:]
while w:
    c = w.pop(0)
    if c == "eval":
        print(json.dumps(ev(w.pop(0))))
    elif c == "shot":
        f = w.pop(0)
        print(
            call(
                "org.gnome.Shell.Screenshot",
                "/org/gnome/Shell/Screenshot",
                "org.gnome.Shell.Screenshot",
                "Screenshot",
                "(bbs)",
                (True, False, f),
            )
        )
    elif c == "move":
        move(w.pop(0), w.pop(0))
    elif c == "click":
        b = (
            {"left": 0x110, "right": 0x111, "middle": 0x112}[w.pop(0)]
            if w and w[0] in ("left", "right", "middle")
            else 0x110
        )
        r("NotifyPointerButton", "(ib)", (b, True))
        time.sleep(0.08)
        r("NotifyPointerButton", "(ib)", (b, False))
        time.sleep(0.3)
    elif c == "at":
        hits = ev(FIND % json.dumps(w.pop(0)))
        print("found", hits)
        if isinstance(hits, list) and hits:
            move(hits[-1][1], hits[-1][2])
        else:
            sys.exit("not found")
    elif c == "ind":  # onto NumbGuard's indicator
        remote()
        time.sleep(0.7)
        x = ev(
            "Object.entries(Main.panel.statusArea).filter(e=>e[0].indexOf('appind')>=0).map(([k,v])=>v.get_transformed_position()[0]+v.get_transformed_size()[0]/2)"
        )
        move(x[0], 16)
    elif c == "find":
        print(ev(FIND % json.dumps(w.pop(0))))
    elif c == "key":
        k = KEYS[w.pop(0)]
        r("NotifyKeyboardKeysym", "(ub)", (k, True))
        time.sleep(0.05)
        r("NotifyKeyboardKeysym", "(ub)", (k, False))
        time.sleep(0.2)
    elif c == "type":
        for ch in w.pop(0):
            r("NotifyKeyboardKeysym", "(ub)", (ord(ch), True))
            r("NotifyKeyboardKeysym", "(ub)", (ord(ch), False))
            time.sleep(0.03)
    elif c == "stir":  # a hand on the mouse for S seconds
        end = time.time() + float(w.pop(0))
        i = 0
        while time.time() < end:
            i += 1
            r("NotifyPointerMotionRelative", "(dd)", (5.0 if i % 2 else -5.0, 0.0))
            time.sleep(0.5)
    elif c == "wait":
        time.sleep(float(w.pop(0)))
