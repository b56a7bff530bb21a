"""Takes webhooks, with docs/contract/verify.py beside it. BAKEOFF_SECRET=whsec_... PORT=8090 python3 receive.py"""

import http.server
import json
import os
import time

from verify import SignatureError, verify

SECRETS = [os.environ["BAKEOFF_SECRET"]]  # while you rotate: the new one and the old one
seen = set()  # a real receiver keeps these ids in its database


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        try:
            delivery = verify(SECRETS, self.headers, body, time.time())
        except SignatureError:
            return self.answer(401)
        self.answer(204)
        if delivery not in seen:
            seen.add(delivery)
            event = json.loads(body)
            print(json.dumps({"type": event["type"], "task_id": event["task_id"]}), flush=True)

    def answer(self, status):
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8090"))), Receiver)
print(json.dumps({"port": server.server_address[1]}), flush=True)
server.serve_forever()
