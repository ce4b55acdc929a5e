// Node's own HTTP server with a handler that does next to nothing: what every server here pays for a request.
import { createServer } from 'node:http'

const port = Number(process.argv[2])
const body = JSON.stringify({ issuer: `http://127.0.0.1:${port}` })
createServer((request, response) => {
  request.resume().on('end', () => response.end(body))
}).listen(port, '127.0.0.1')
