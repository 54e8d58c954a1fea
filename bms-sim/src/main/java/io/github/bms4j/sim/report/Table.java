package io.github.bms4j.sim.report;

import java.util.List;
import java.util.regex.Pattern;

/** Rows of text under headers; columns of numbers are set to the right. */
record Table(String caption, List<String> headers, List<List<String>> rows) implements Part {
    /** A number, with or without sign, grouping spaces and a unit or percent sign of a few letters. */
    private static final Pattern NUMBER = Pattern.compile(
            "[-+−±<>≤≥~]?\\s?\\d[\\d \\u00A0\\u2009\\u202F]*([.:]\\d+)*(e[-+]?\\d+)?(\\s?[%\\p{L}°/²Ω]{1,6})?");

    Table {
        headers = List.copyOf(headers);
        rows = rows.stream().map(List::copyOf).toList();
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).size() != headers.size()) {
                throw new IllegalArgumentException("row " + i + " of table \"" + caption + "\" must have "
                        + headers.size() + " cells but has " + rows.get(i).size());
            }
        }
    }

    @Override
    public void appendTo(Markup page) {
        page.raw("<section class=\"card table\">\n<table>\n");
        if (!caption.isEmpty()) {
            page.raw("<caption>").text(caption).raw("</caption>\n");
        }
        page.raw("<thead><tr>");
        for (int c = 0; c < headers.size(); c++) {
            page.raw(isNumeric(c) ? "<th class=\"number\" scope=\"col\">" : "<th scope=\"col\">");
            page.text(headers.get(c)).raw("</th>");
        }
        page.raw("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            page.raw("<tr>");
            for (int c = 0; c < row.size(); c++) {
                page.raw(isNumeric(c) ? "<td class=\"number\">" : "<td>")
                        .text(row.get(c))
                        .raw("</td>");
            }
            page.raw("</tr>\n");
        }
        page.raw("</tbody>\n</table>\n</section>\n");
    }

    private boolean isNumeric(int column) {
        boolean any = false;
        for (List<String> row : rows) {
            String cell = row.get(column);
            if (cell.isEmpty() || cell.equals("–")) {
                continue;
            }
            if (!NUMBER.matcher(cell).matches()) {
                return false;
            }
            any = true;
        }
        return any;
    }
}
