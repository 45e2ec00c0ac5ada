// OpenAI's client for JavaScript with the APIs that are forwarded.
import OpenAI, { toFile } from 'openai'
import { serve } from './tasks.mjs'

function client(task) {
  return new OpenAI({ baseURL: `${task.url}/v1`, apiKey: 'any' })
}

function file(task, name, type) {
  return toFile(Buffer.from(task.image, 'base64'), name, { type })
}

function pictures({ data }) {
  return { images: data.map((image) => image.b64_json) }
}

await serve({
  answer: async ({ inputs: input, ...task }) => {
    const { data, usage } = await client(task).embeddings.create({ model: task.model, input })
    return {
      vectors: data.map((item) => item.embedding),
      usage: { input: usage.prompt_tokens },
    }
  },
  moderate: async (task) => {
    const { model, prompt: input } = task
    const { results } = await client(task).moderations.create({ model, input })
    return { flagged: results[0].flagged }
  },
  draw: async (task) => {
    const { model, prompt } = task
    return pictures(await client(task).images.generate({ model, prompt, n: 2 }))
  },
  'stream drawing': async (task) => {
    const { model, prompt } = task
    const images = []
    let pieces = 0
    for await (const event of await client(task).images.generate({ model, prompt, stream: true })) {
      if (event.type === 'image_generation.completed') images.push(event.b64_json)
      else pieces++
    }
    return { images, pieces }
  },
  edit: async (task) => {
    const { model, prompt } = task
    const image = await file(task, 'pixel.png', 'image/png')
    return pictures(await client(task).images.edit({ model, prompt, image }))
  },
  speak: async (task) => {
    const asking = { model: task.model, voice: 'alloy', input: task.prompt }
    const answer = await client(task).audio.speech.create(asking)
    return { audio: Buffer.from(await answer.arrayBuffer()).toString('base64') }
  },
  transcribe: async (task) => {
    const asking = { model: task.model, file: await file(task, 'speech.wav', 'audio/wav') }
    const { text } = await client(task).audio.transcriptions.create(asking)
    return { text }
  },
  'stream transcription': async (task) => {
    const asking = { model: task.model, file: await file(task, 'speech.wav', 'audio/wav') }
    let text
    let pieces = 0
    const transcriptions = client(task).audio.transcriptions
    for await (const event of await transcriptions.create({ ...asking, stream: true })) {
      if (event.type === 'transcript.text.done') text = event.text
      else pieces++
    }
    return { text, pieces }
  },
})
