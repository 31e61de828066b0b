"""One module a chart, drawn as SVG."""
