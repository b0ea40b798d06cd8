using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>Where every number on the page comes from.</summary>
internal static class RawDataSection
{
    public static Section Of(RunFacts facts) => new("data", "Raw data", facts.Files.Count == 0
        ? Html.Of($"<p>This page was made from facts in memory; there is no folder beside it.</p>")
        : Html.Of($"""<ul class="files">{facts.Files.Select(File)}</ul>"""));

    private static Html File(RecordFile file) =>
        Html.Of($"""<li><a href="{Address(file.Path)}">{file.Path}</a> <span>{Written.Bytes(file.Bytes)}</span></li>""");

    // "./" first, so that a file called "javascript:…" is still a file.
    private static string Address(string path) => "./" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
