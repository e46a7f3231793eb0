// Reads a body and responds at once, to show the cost of a request without the work of the worker.
export default {
  async fetch(request) {
    await request.arrayBuffer()
    return new Response('{}', { status: 201 })
  },
} satisfies ExportedHandler
