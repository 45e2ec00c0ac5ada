// The failures that the panel can switch on, in the words of the mock's own settings.

/** What a preset sets; `by` is the field of its probability, null where it has none. */
export const PRESETS = [
  { id: 'healthy', title: 'Healthy', by: null },
  { id: 'rate_limit', title: 'Rate limit', by: 'rate_limit_probability' },
  { id: 'server_error', title: 'Server errors', by: 'server_error_probability' },
  { id: 'timeout', title: 'Timeouts', by: 'timeout_probability' },
  {
    id: 'slow',
    title: 'Slow',
    by: null,
    fixed: { response_delay_seconds: 3, token_delay_ms: 150 },
  },
  { id: 'stream_cut', title: 'Cut streams', by: 'stream_cut_probability' },
  { id: 'stream_stall', title: 'Stalled streams', by: 'stream_stall_probability' },
];

/** The body that sets a preset; `retryAfter` is in seconds, null for none. */
export function settingsOf(preset, probability, retryAfter) {
  if (preset.by === null) return preset.fixed ?? {};
  const settings = { [preset.by]: probability };
  if (preset.id === 'rate_limit' && retryAfter !== null) settings.retry_after_seconds = retryAfter;
  return settings;
}

/** Which preset the settings are: {id, probability, retryAfter}; the id is "custom" when none. */
export function presetOf(settings) {
  const chances = Object.entries(settings).filter(
    ([name, value]) => name.endsWith('_probability') && value > 0,
  );
  const delayed = ['response_delay_seconds', 'first_token_delay_seconds', 'token_delay_ms'].some(
    (name) => settings[name] > 0,
  );
  const retryAfter = settings.retry_after_seconds ?? null;
  const kinds = chances.length + (delayed ? 1 : 0) + (settings.script?.length > 0 ? 1 : 0);
  if (kinds === 0) return { id: 'healthy', probability: 1, retryAfter };
  const [field, probability] = chances[0] ?? [null, 1];
  const found = PRESETS.find((preset) => preset.by !== null && preset.by === field);
  if (kinds === 1 && found) return { id: found.id, probability, retryAfter };
  return { id: kinds === 1 && delayed ? 'slow' : 'custom', probability, retryAfter };
}
