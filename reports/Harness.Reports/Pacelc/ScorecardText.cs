using System.Globalization;
using System.Text;
using Harness.Checks.Pacelc;

namespace Harness.Reports.Pacelc;

/// <summary>The scorecard for a terminal of a hundred columns.</summary>
public static class ScorecardText
{
    /// <summary>No line is longer, with up to three modes.</summary>
    public const int Width = 100;

    private const int NameWidth = 34;
    private const int LeastCell = 21;

    /// <summary>Ends with a line break.</summary>
    public static string Of(Scorecard card)
    {
        var text = new StringBuilder();
        PacelcDesign design = card.Design;
        Wrapped(text, "", string.Create(
            CultureInfo.InvariantCulture, $"PACELC on {design.Environment}, cut {design.Cut}: {design.Groups}, rounds {design.Rounds}, seed {design.Seed}"));
        text.Append('\n');
        foreach (ModeLabel label in card.Labels)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {label.Text,-12}{label.Mode}\n");
            Wrapped(text, "              ", $"cut: {label.PartitionWhy}");
            if (label.ElseWhy != label.PartitionWhy)
                Wrapped(text, "              ", $"else: {label.ElseWhy}");
            foreach (string defect in label.Defects)
                Wrapped(text, "    DEFECT    ", defect);
        }

        text.Append('\n');
        foreach (string sentence in card.Rates.SelectMany(rate => rate.Sentences))
            Wrapped(text, "  ", sentence);
        Rows(text, card);
        return text.ToString();
    }

    private static void Rows(StringBuilder text, Scorecard card)
    {
        int cell = Math.Max(LeastCell, (Width - NameWidth) / Math.Max(1, card.Modes.Count) - 1);
        cell = Math.Min(cell, 32);
        Line(text, "", card.Modes.Select(mode => mode.Mode), cell);
        string? group = null;
        foreach (ScorecardRow row in ScorecardRow.Of(card))
        {
            if (row.Group != group)
                text.Append('\n').Append(group = row.Group).Append('\n');
            Line(text, "  " + row.Name, row.Cells, cell);
        }
    }

    private static void Line(StringBuilder text, string name, IEnumerable<string> cells, int width)
    {
        var line = new StringBuilder(name.PadRight(NameWidth));
        foreach (string cell in cells)
            line.Append(' ').Append(cell.Replace(" at 95 %", "", StringComparison.Ordinal).PadLeft(width));
        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    /// <summary>Words on as many lines as they need; the second and later ones are indented as far as the first.</summary>
    private static void Wrapped(StringBuilder text, string opening, string words)
    {
        string indent = new(' ', opening.Length);
        var line = new StringBuilder(opening);
        foreach (string word in words.Split(' '))
        {
            if (line.Length > opening.Length && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(indent);
            }

            if (line.Length > opening.Length)
                line.Append(' ');
            line.Append(word);
        }

        text.Append(line).Append('\n');
    }
}
