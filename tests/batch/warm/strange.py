# ruff: noqa: E501 (a cell is a line of the table)
"""Cells that do to a kernel what nobody expects. What one leaves behind, the next finds.

A cell writes to one stream alone: how two streams interleave is a matter of time, on stock as well.
"""

from __future__ import annotations

STRANGE = {
    "parameters": "site = 'Leeds'",
    "a task left running": (
        "import asyncio\ngo = asyncio.Event()\nasync def later():\n    await go.wait()\n    print('the task of an earlier cell')\n"
        "    await asyncio.sleep(3600)\ntask = asyncio.ensure_future(later())"
    ),
    "a task that goes on": "go.set()\nawait asyncio.sleep(0.2)\nprint(task.done(), len(asyncio.all_tasks()) > 0)",
    "a loop within the loop": (
        "async def one(): return 1\nc = one()\ntry: asyncio.get_event_loop().run_until_complete(c)\n"
        "except RuntimeError as e: print(e)\nc.close()"
    ),
    "a loop in a thread": (
        "import threading\nt = threading.Thread(target=lambda: print(asyncio.run(one())))\nt.start(); t.join()"
    ),
    "another folder": "import os\nos.makedirs('sub', exist_ok=True)\n%cd -q sub\nos.path.basename(os.getcwd())",
    "a file there": "open('here.txt', 'w').write('x')\nprint(os.listdir('.'))\n%cd -q ..",
    "the environment": "os.environ['FROM_CELL'] = site\nos.environ.pop('AWKWARD', None)\n!echo $FROM_CELL $PWD_NOT_SET.",
    "the time zone": "import time\nos.environ['TZ'] = 'Asia/Tokyo'; time.tzset()\nprint(time.tzname, time.localtime(0).tm_hour)",
    "another standard output": (
        "import io, sys, contextlib\nkept, sys.stdout = sys.stdout, io.StringIO()\nprint('unseen')\nseen = sys.stdout.getvalue()\n"
        "sys.stdout = kept\nprint(repr(seen))"
    ),
    "one stream into the other": "with contextlib.redirect_stdout(sys.stderr): print('to the other stream')",
    "what standard output is": (
        "print(type(sys.stdout).__name__, sys.stdout.encoding, sys.stdout.isatty(), sys.stdout.writable(), sys.stdout.fileno() > 0)\n"
        "print(type(sys.__stdout__).__name__, sys.__stdout__.encoding, sys.getfilesystemencoding(), sys.stdout.errors)"
    ),
    "below the streams": "sys.__stdout__.write('beneath\\n'); sys.__stdout__.flush()",
    "a standard error of a child": "import subprocess\nsubprocess.run(['sh', '-c', 'echo inherited >&2']).returncode",
    "much at once": "print('x' * 3_000_000)",
    "signs": "print('\\x1b[31mred\\x1b[0m a\\rb \\x08 \\0 🙂 \\u202e')",
    "half a sign displayed": "display({'text/plain': 'half \\ud83d'}, raw=True)",
    "a fork": (
        "child = os.fork()\nif child == 0:\n    os.write(1, b'from the child\\n')\n    os._exit(3)\n"
        "print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    ),
    "a fault handler": (
        "import faulthandler\nprint(faulthandler.is_enabled())\nwith open('trace.txt', 'w') as f: faulthandler.dump_traceback(f)\n"
        "print(len(open('trace.txt').read().splitlines()) > 5)"
    ),
    "figures let go": (
        "%matplotlib inline\nimport gc, weakref, matplotlib, matplotlib.pyplot as plt\n"
        "figures = [weakref.ref(plt.figure()) for _ in range(22)]\nplt.close('all'); gc.collect();"
    ),
    "and counted": "print(sum(f() is not None for f in figures), matplotlib.get_backend(), plt.get_fignums())",
    "how figures are drawn": "print({k: v for k, v in sorted(matplotlib.rcParams.items()) if k.startswith(('figure', 'font', 'savefig'))})",
    "an animation": (
        "from IPython.display import clear_output, display, HTML, Image, update_display\n"
        "for i in range(4):\n    clear_output(wait=True)\n    plt.plot([0, i]); plt.show()"
    ),
    "a large picture": "Image(data=b'\\x89PNG\\r\\n\\x1a\\n' + bytes(range(256)) * 8000, format='png')",
    "one display in two cells": "display(HTML('<i>one</i>'), display_id='shared')\ndisplay(HTML('<i>two</i>'), display_id='shared')",
    "both updated": "update_display(HTML('<b>both</b>'), display_id='shared')\nupdate_display('nobody shows this', display_id='unknown')",
    "a comm": (
        "from comm import create_comm\nc = create_comm(target_name='nobody', data={'a': 1})\nc.send({'b': 2}); c.close({'c': 3}); c.send({'late': 1})"
    ),
    "a widget closed": "import ipywidgets as w\ns = w.IntSlider(2); display(s); s.close()\ns",
    "a widget within an output within an output": (
        "a, b = w.Output(), w.Output()\nwith a:\n    print('outer')\n    with b: print('inner')\n    print('outer again')\nw.HBox([a, b])"
    ),
    "an error in an output": "with a: 1 / 0",
    "an observer that fails": "k = w.IntText(1)\nk.observe(lambda change: {}['no'], 'value')\nk.value = 2",
    "the debugger": "import pdb\ndef d():\n    pdb.set_trace()\n    return 1\nd()",
    "a breakpoint": "breakpoint()",
    "after the fact": "%debug",
    "a password": "import getpass\ngetpass.getpass()",
    "an empty standard input": "print(repr(sys.stdin.readline()), sys.stdin.closed)",
    "an interrupt": "import signal\nsignal.raise_signal(signal.SIGINT)\nprint('never')",
    "an alarm": "def rung(*_): raise TimeoutError('rung')\nsignal.signal(signal.SIGALRM, rung); signal.setitimer(signal.ITIMER_REAL, 0.1)\ntime.sleep(5)",
    "an exit in a thread": "t = threading.Thread(target=sys.exit); t.start(); t.join()\nprint('still here')",
    "a failing thread": "t = threading.Thread(target=lambda: {}['thread'], name='mine'); t.start(); t.join()",
    "many threads": (
        "from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(4) as pool: print(sum(pool.map(lambda n: n * n, range(99))))"
    ),
    "processes": (
        "from concurrent.futures import ProcessPoolExecutor\nimport multiprocessing as mp\n"
        "with ProcessPoolExecutor(2, mp_context=mp.get_context('fork')) as pool: print(list(pool.map(abs, [-1, -2])))"
    ),
    "a module written and changed": "%%writefile own_module.py\nvalue = 1",
    "and imported": "import own_module, importlib\nopen('own_module.py', 'w').write('value = 22222\\n')\nprint(importlib.reload(own_module).value)",
    "a script": "%%writefile script.py\nimport sys\nprint(__name__, sys.argv, __file__.endswith('script.py'))\nmade = 1",
    "run": "%run script.py a b\nmade",
    "run within": "%run -i script.py",
    "timed": "result = %timeit -q -n1 -r1 -o sum(range(9))\nresult.loops",
    "timed and kept": "%%capture said\n%time sum(range(9))",
    "said": "'Wall time' in said.stdout, len(said.outputs)",
    "a question": "sum?",
    "names": "%who_ls str",
    "where code comes from": "import inspect\ndef f(n):\n    return n + 1\nprint(inspect.getsource(f)); print(inspect.getfile(f) != '')",
    "what the main module is": (
        "import __main__\nprint(__main__.__name__, hasattr(__main__, '__file__'), __main__.__spec__, __main__.__builtins__.__name__)\n__file__"
    ),
    "how Python was started": "print(sys.orig_argv[1:3], sys.warnoptions, sys._xoptions, sys.argv[0].endswith('ipykernel_launcher.py'))",
    "deep recursion": "def deep(n): return n and 1 + deep(n - 1)\nprint(sys.getrecursionlimit(), deep(700))",
    "tracing": "lines = []\nsys.settrace(lambda *a: lines.append(1)); f(1); sys.settrace(None)\nprint(len(lines) > 0, sys.getprofile())",
    "warned twice": "import warnings\nfor _ in range(2): warnings.warn('once a line')\nwarnings.warn('old', DeprecationWarning)",
    "ignored in a finalizer": "class Last:\n    def __del__(self): raise ValueError('unraisable')\nl = Last(); del l",
    "its own traceback": "class Own(Exception):\n    def _render_traceback_(self): return ['drawn by itself']\nraise Own('x')",
    "a long error": "raise ValueError('long ' * 50_000)",
    "a group of errors": "raise ExceptionGroup('all', [ValueError(1), ExceptionGroup('in', [TypeError('t')])])",
    "an error from an error": "try: {}['a']\nexcept KeyError as e: raise RuntimeError('outer') from e",
    "code that is none": "exec('def broken(:')",
    "hooks": "ip = get_ipython()\nip.events.register('post_run_cell', lambda r: print('after the cell'))\nprint('in it')",
    "hooks again": "ip.events.callbacks['post_run_cell'].clear()",
    "the next input": "ip.set_next_input('never()')\n%precision 3\n1 / 3",
    "options of pandas": "import pandas as pd\npd.describe_option\n{k: pd.get_option(k) for k in ('display.width', 'display.max_columns', 'mode.copy_on_write', 'plotting.backend')}",
    "numbers": "import numpy as np\nnp.array([1.0]) / 0, np.geterr(), np.get_printoptions()['edgeitems']",
    "charts": "import altair as alt\nprint(alt.theme.active, alt.data_transformers.active, alt.renderers.active, alt.data_transformers.options)",
    "logging as it is": "import logging\nlogging.getLogger().level, logging.getLogger().handlers, logging.lastResort.level",
    "logging set up": "logging.basicConfig(level='INFO'); logging.info('now shown')",
    "a limit to open files": (
        "import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (256, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))\n"
        "files = []\ntry:\n    while True: files.append(open(os.devnull))\nexcept OSError as e: files.clear(); print(e.strerror)"
    ),
    "cleared": "%reset -f\n'site' in globals()",
    "at exit": "import atexit\natexit.register(print, 'at exit')\nimport threading, time\nthreading.Thread(target=lambda: time.sleep(0.2), daemon=False).start()\nprint('the last cell')",
}
