/**
 * A reverse proxy as small as can be: takes a base path off every request, upgrades included, and hands it on.
 */

import { once } from 'node:events';
import { createServer, request } from 'node:http';

export class Proxy {
  #server;
  /** @type {Set<import('node:stream').Duplex>} */
  #upgraded = new Set();
  /** The port behind; known only after the proxy's own, which that server must be told. */
  target = 0;

  /**
   * @param {import('node:http').Server} server
   * @param {string} base
   */
  constructor(server, base) {
    this.#server = server;
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    this.origin = `http://127.0.0.1:${port}`;

    /** @param {import('node:http').IncomingMessage} incoming */
    const onward = ({ method = 'GET', url = '/', headers }) => request({
      host: '127.0.0.1', port: this.target, method, headers, path: `/${url.slice(base.length)}`,
    });
    server.on('request', (incoming, answer) => {
      if (!incoming.url?.startsWith(base)) {
        answer.writeHead(404).end();
        return;
      }
      onward(incoming).on('response', (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      }).end();
    });
    server.on('upgrade', (incoming, socket) => {
      onward(incoming).on('upgrade', (response, behind, head) => {
        const lines = response.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : []));
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
        socket.write(head);
        this.#upgraded.add(socket).add(behind);
        socket.pipe(behind).pipe(socket);
        socket.on('error', () => behind.destroy());
        behind.on('error', () => socket.destroy());
      }).on('response', (response) => {
        socket.end(`HTTP/1.1 ${response.statusCode} Refused\r\n\r\n`);
      }).end();
    });
  }

  /**
   * @param {import('node:test').TestContext} test which the proxy ends with
   * @param {string} base with a slash at both ends
   */
  static async startFor(test, base) {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new Proxy(server, base);
    test.after(() => proxy.end());
    return proxy;
  }

  async end() {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    this.#upgraded.forEach((socket) => socket.destroy());
    await closed;
  }
}
