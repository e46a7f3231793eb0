// Takes a body and answers at once: what a request costs before the worker has done anything.
export default {
  async fetch(request) {
    await request.arrayBuffer()
    return new Response('{}', { status: 201 })
  },
} satisfies ExportedHandler
