// Reads tasks, one JSON object a line, and answers each with an outcome, one JSON object a line.
// What a task and an outcome are made of is written in clients/README.md.
import { createInterface } from 'node:readline'

export const tool = {
  name: 'search',
  description: 'Looks something up.',
  schema: {
    type: 'object',
    properties: { query: { type: 'string' } },
    required: ['query'],
    additionalProperties: false,
  },
}

/** What the tool answers to the call of that number, counted from 1. */
export const resultOf = (callNumber) => `result ${callNumber}`

/** The image that comes with the task as a URL. */
export const imageUrl = (task) => `data:image/png;base64,${task.image}`

/** An exception as the outcome's error. */
export function errorOf(thrown) {
  const error = thrown.lastError ?? thrown // the AI SDK wraps what it has retried
  const headers = error.headers ?? error.responseHeaders
  const retryAfter = headers?.get?.('retry-after') ?? headers?.['retry-after']
  return {
    type: error.constructor?.name ?? typeof error,
    status: error.status ?? error.statusCode ?? error.cause?.status ?? null,
    code: error.code ?? error.data?.error?.code ?? null,
    retry_after: retryAfter ?? null,
    message: String(error.message ?? error),
  }
}

/** Runs the action that each task names until standard input ends. */
export async function serve(actions, describe = errorOf) {
  for await (const line of createInterface({ input: process.stdin })) {
    const task = JSON.parse(line)
    let outcome
    try {
      outcome = await actions[task.action](task)
    } catch (error) {
      outcome = { error: describe(error) }
    }
    console.log(JSON.stringify(outcome))
  }
}
