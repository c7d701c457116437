import { select, unique, type Report } from "./report.ts";

const width = 900;
const colours: Record<string, string> = {
  floor: "#9aa0a6",
  muster: "#0b7285",
  "muster-2": "#3bc9db",
  scimmy: "#e8590c",
  polis: "#7048e8",
  "better-auth": "#c2255c",
};

type Bar = { readonly label: string; readonly value: number; readonly contender: string };

/** Two charts, one above the other: requests per second of the whole sync, and p50 over the size of the store. */
export const drawReport = (report: Report): string => {
  const rates = drawBars(
    "Whole sync, requests per second, 8 at once",
    select(report, { scenario: "sync", kind: "all", concurrency: 8 }).map((result) => ({
      label: result.contender,
      contender: result.contender,
      value: result.perSecond ?? 0,
    })),
  );
  const growth = drawGrowth(report, rates.height + 20);
  const height = rates.height + growth.height + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    rates.svg,
    growth.svg,
    "</svg>\n",
  ].join("\n");
};

const text = (x: number, y: number, content: string, more = ""): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${content}</text>`;

const drawBars = (title: string, bars: readonly Bar[]) => {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  const rows = bars.map(({ label, value, contender }, at) => {
    const y = 40 + at * 30;
    const length = (value / most) * (width - 260);
    return [
      text(20, y + 16, label),
      `<rect x="130" y="${y}" width="${length.toFixed(1)}" height="22" fill="${colours[contender]}"/>`,
      text(138 + length, y + 16, Math.round(value).toLocaleString("en")),
    ].join("");
  });
  return {
    svg: [text(20, 24, title, 'font-weight="600"'), ...rows].join("\n"),
    height: 50 + bars.length * 30,
  };
};

const kinds = ["userName eq", "emails eq", "GET by id", "PATCH", "POST", "page of 100, last"];
const panel = { width: 290, height: 150, left: 50, inner: 215, plot: 90 };

/** A small panel for each kind of request: p50 at concurrency 1, logarithmic on both axes. */
const drawGrowth = (report: Report, top: number) => {
  const panels = kinds.map((kind, at) => {
    const x = (at % 3) * panel.width + 20;
    const y = top + 40 + Math.floor(at / 3) * (panel.height + 20);
    return drawPanel(report, kind, { x, y });
  });
  const title = "p50 in ms at 1 at a time, over people in the store (both axes logarithmic)";
  return {
    svg: [text(20, top + 20, title, 'font-weight="600"'), ...panels].join("\n"),
    height: 40 + Math.ceil(kinds.length / 3) * (panel.height + 20),
  };
};

const drawPanel = (report: Report, kind: string, { x, y }: { x: number; y: number }): string => {
  const results = select(report, { scenario: "probe", kind, concurrency: 1 }).filter(
    ({ p50 }) => p50,
  );
  if (results.length === 0) return "";
  const levels = unique(results.map(({ people }) => people)).sort((a, b) => a - b);
  const logs = results.map(({ p50 }) => Math.log10(p50 as number));
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs) + 0.001)];
  const atX = (people: number) =>
    x +
    panel.left +
    (levels.length === 1 ? 0 : (levels.indexOf(people) / (levels.length - 1)) * panel.inner);
  const atY = (p50: number) => y + 20 + panel.plot * (1 - (Math.log10(p50) - low) / (high - low));
  const grid = Array.from({ length: high - low + 1 }, (_, step) => {
    const value = 10 ** (low + step);
    return `<line x1="${x + panel.left}" x2="${x + panel.left + panel.inner}" y1="${atY(value).toFixed(1)}" y2="${atY(value).toFixed(1)}" stroke="#e9ecef"/>${text(x + panel.left - 6, atY(value) + 4, String(Number(value.toPrecision(1))), 'text-anchor="end" fill="#868e96"')}`;
  });
  const lines = unique(results.map(({ contender }) => contender)).map((contender) => {
    const points = results
      .filter((result) => result.contender === contender)
      .map(({ people, p50 }) => `${atX(people).toFixed(1)},${atY(p50 as number).toFixed(1)}`);
    const dots = points.map((point) => {
      const [cx, cy] = point.split(",");
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colours[contender]}"/>`;
    });
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${colours[contender]}" stroke-width="2"/>${dots.join("")}`;
  });
  const ticks = levels.map((people) =>
    text(
      atX(people),
      y + panel.plot + 38,
      people.toLocaleString("en"),
      'text-anchor="middle" fill="#868e96"',
    ),
  );
  return [text(x + panel.left, y + 10, kind), ...grid, ...lines, ...ticks].join("\n");
};
