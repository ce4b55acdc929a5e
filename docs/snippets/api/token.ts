import { auth } from './auth'

export async function openLiveConnection() {
  const socket = new WebSocket('wss://live.planner.example')
  const token = await auth.getAccessToken({ minValidity: 300 })
  socket.addEventListener('open', () => socket.send(JSON.stringify({ token })))
  return socket
}
