// Loaded into a server before its own file: tells how much processor time the process has taken, when asked.
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.((user + system) / 1_000)
})
process.channel?.unref()
