// The difference of two texts by lines.

// Beyond it the middle is shown as replaced: comparing all pairs would take too long.
const MOST_PAIRS = 4_000_000;

/** The lines of both: [sign, line], the sign being ' ', '-' or '+'. */
export function difference(before, after) {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < Math.min(old.length, fresh.length) && old[start] === fresh[start]) start++;
  let end = 0;
  const most = Math.min(old.length, fresh.length) - start;
  while (end < most && old.at(-1 - end) === fresh.at(-1 - end)) end++;
  const same = (line) => [' ', line];
  return [
    ...old.slice(0, start).map(same),
    ...middle(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

function middle(old, fresh) {
  if (old.length * fresh.length > MOST_PAIRS) {
    return [...old.map((line) => ['-', line]), ...fresh.map((line) => ['+', line])];
  }
  const common = longest(old, fresh);
  const width = fresh.length + 1;
  const lines = [];
  let [at, to] = [0, 0];
  while (at < old.length || to < fresh.length) {
    if (at < old.length && to < fresh.length && old[at] === fresh[to]) {
      lines.push([' ', old[at++]]);
      to++;
    } else if (
      to === fresh.length ||
      (at < old.length && common[(at + 1) * width + to] >= common[at * width + to + 1])
    ) {
      lines.push(['-', old[at++]]);
    } else {
      lines.push(['+', fresh[to++]]);
    }
  }
  return lines;
}

/** For each pair of places, how many lines the rests have in common. */
function longest(old, fresh) {
  const width = fresh.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let at = old.length - 1; at >= 0; at--) {
    for (let to = fresh.length - 1; to >= 0; to--) {
      const here = at * width + to;
      common[here] =
        old[at] === fresh[to]
          ? common[here + width + 1] + 1
          : Math.max(common[here + width], common[here + 1]);
    }
  }
  return common;
}
