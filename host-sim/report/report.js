// plimsoll: host-sim/report/report.js                              SPDX-License-Identifier: Apache-2.0
// Room: the tunnel, report. Draws the run's columns in the browser. All numbers arrive as exact decimal
// text; only the drawing rounds them.
"use strict";
(() => {
    const data = JSON.parse(document.getElementById("timeline").textContent);
    const column = (name) => data.rows.map((row) => Number(row[data.columns.indexOf(name)]));
    // A line's values: its column, or its distance from another column in basis points.
    const values = (line) => {
        const own = column(line.column);
        if (!line.over)
            return own;
        const other = column(line.over);
        return own.map((value, i) => other[i] ? (value / other[i] - 1) * 1e4 : null);
    };
    const times = column("time");
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const palette = ["--c1", "--c2", "--c3", "--c4", "--c5"];
    const charts = [];

    const short = (value) => {
        const size = Math.abs(value);
        for (const [limit, unit] of [[1e9, "B"], [1e6, "M"], [1e3, "k"]])
            if (size >= limit)
                return (value / limit).toFixed(size >= 100 * limit ? 0 : size >= 10 * limit ? 1 : 2)
                    .replace(/\.0+$/, "") + unit;
        return String(Math.round(value * 100) / 100);
    };
    // Hours of the day; the date under the first and under midnight.
    const clock = (self, ticks) => ticks.map((seconds, i) => {
        const at = new Date(seconds * 1e3).toISOString();
        const hour = at.slice(11, 16);
        return i === 0 || hour === "00:00" ? hour + "\n" + at.slice(5, 10) : hour;
    });
    const exact = (self, value) => value == null ? "\u2013" : value.toLocaleString("en-US", { maximumFractionDigits: 2 });

    const draw = (box, spec) => {
        const series = spec.series.map((line, i) => ({
            label: line.label,
            stroke: () => colour(palette[i % palette.length]),
            width: line.thin ? 1 : 1.6,
            dash: line.dashed ? [4, 3] : undefined,
            points: { show: false },
            paths: spec.steps ? uPlot.paths.stepped({ align: 1 }) : undefined,
            value: exact,
        }));
        const axis = { stroke: () => colour("--muted"), grid: { stroke: () => colour("--grid"), width: 1 },
            ticks: { stroke: () => colour("--grid"), width: 1 }, font: "12px system-ui, sans-serif" };
        const chart = new uPlot({
            width: box.clientWidth,
            height: 250,
            tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), "Etc/UTC"),
            cursor: { sync: { key: "run" }, drag: { x: true, y: false } },
            scales: { y: { range: spec.fromZero
                ? (self, low, high) => [Math.min(0, low), Math.max(high, 1) * 1.05] : undefined } },
            axes: [{ ...axis, values: clock }, { ...axis, size: 62, values: (self, ticks) => ticks.map(short) }],
            series: [{ label: "UTC", value: "{YYYY}-{MM}-{DD} {HH}:{mm}" }, ...series],
        }, [times, ...spec.series.map(values)], box);
        charts.push([chart, box]);
    };

    for (const spec of data.charts)
        draw(document.getElementById(spec.id), spec);
    addEventListener("resize", () => {
        for (const [chart, box] of charts)
            chart.setSize({ width: box.clientWidth, height: 250 });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        for (const [chart] of charts)
            chart.redraw(false, true);
    });
})();
