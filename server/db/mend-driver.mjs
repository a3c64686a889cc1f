import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * postgres 3.4.9 throws out of a timer, or keeps a dead connection in its pool, when a backend ends inside a transaction
 * (its issues 1208 and 1216); the product would end, or stand still. Each change names a short piece of the driver and
 * what stands there instead. Drop this file when a release mends it.
 */
const changes = {
  'connection.js': [
    // a write that was put off until after the line was lost
    ['function nextWrite(fn) {\n', 'function nextWrite(fn) {\n    if (!socket) return dropped()\n'],
    [
      'function connectTimedOut()',
      `function dropped() {
    chunk = nextWriteTimer = null
    error(Errors.connection('CONNECTION_CLOSED', options))
    return true
  }

  function connectTimedOut()`,
    ],
    // a closed connection starts again with nothing of the old line
    [
      'socket.removeAllListeners()\n    socket = null',
      'socket.removeAllListeners()\n    socket = chunk = nextWriteTimer = null',
    ],
    [
      'if (initial)\n      return reconnect()',
      'if (initial) {\n      query = errorResponse = null\n      return reconnect()\n    }',
    ],
    ['!hadError && (query || sent.length) &&', '(query || sent.length) &&'],
    [
      'closedTime = performance.now()',
      'query = results = errorResponse = null\n    result = new Result()\n    closedTime = performance.now()',
    ],
    ['return fetchArrayTypes()', 'return fetchArrayTypes().catch(() => {})'],
  ],
  'index.js': [
    // a transaction whose line is lost takes no more statements
    [', prepare = null\n\n    try', ', lost = null\n      , prepare = null\n\n    try'],
    ['connection.onclose = reject', 'connection.onclose = e => reject(lost = e)'],
    ['(uncaughtError = e))\n', '(uncaughtError = e))\n        if (lost) return q.reject(lost)\n'],
  ],
};

const mark = '// mended for Gridhall\n';

/** Mends the installed driver once; throws when it is not the version the changes were written for. */
export const mendDriver = (root) => {
  for (const folder of ['src', 'cjs/src']) {
    for (const [name, pairs] of Object.entries(changes)) {
      const path = join(root, 'node_modules/postgres', folder, name);
      let text = readFileSync(path, 'utf8');
      if (text.startsWith(mark)) continue;
      for (const [from, to] of pairs) {
        if (text.split(from).length !== 2) throw new Error(`postgres is not the version mended here: ${name}: ${from}`);
        text = text.replace(from, () => to);
      }
      // Renamed into place: a kill leaves the old file or the new one, never half.
      writeFileSync(`${path}.new`, mark + text);
      renameSync(`${path}.new`, path);
    }
  }
};

// `npm install` runs this file by itself.
if (process.argv[1] === fileURLToPath(import.meta.url)) mendDriver(process.cwd());
