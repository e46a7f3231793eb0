// Reads a body and inserts one row: the minimum work of a route that stores reports.
export default {
  async fetch(request, { DB }) {
    const envelope = await request.arrayBuffer()
    const id = crypto.getRandomValues(new Uint8Array(16))
    await DB.prepare('INSERT INTO bare (id, envelope) VALUES (?, ?)').bind(id, envelope).run()
    return new Response('{}', { status: 201 })
  },
} satisfies ExportedHandler<{ DB: D1Database }>
