// Reads a body and responds at once, to show the cost of a request without the worker's own work.
export default {
  async fetch(request) {
    await request.arrayBuffer()
    return new Response('{}', { status: 201 })
  },
} satisfies ExportedHandler
