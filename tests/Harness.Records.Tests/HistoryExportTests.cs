using System.Text.Json;

namespace Harness.Records.Tests;

public sealed class HistoryExportTests
{
    private static Operation At(int process, string kind, string? value, int from, int? to, Outcome outcome) =>
        new(process, kind, "k", value, TimeSpan.FromMicroseconds(from), to is { } end ? TimeSpan.FromMicroseconds(end) : null, outcome);

    [Fact]
    public void Writes_edn_as_pairs_in_the_order_of_time()
    {
        Assert.Equal(
            """
            {:index 0, :time 1000, :type :invoke, :process 0, :f :place-order, :value ["k" "o-1"]}
            {:index 1, :time 2000, :type :invoke, :process 1, :f :read-order, :value ["k" nil]}
            {:index 2, :time 3000, :type :ok, :process 1, :f :read-order, :value ["k" "PENDING"]}
            {:index 3, :time 4000, :type :ok, :process 0, :f :place-order, :value ["k" "o-1"]}

            """,
            Edn(At(1, "read-order", "PENDING", 2, 3, Outcome.Ok), At(0, "place-order", "o-1", 1, 4, Outcome.Ok)));
    }

    [Fact]
    public void Gives_a_process_a_new_number_after_an_operation_of_unknown_outcome()
    {
        string[] lines = Edn(
            At(1, "place-order", null, 1, 2, Outcome.Unknown),
            At(1, "place-order", null, 3, null, Outcome.Unknown),
            At(1, "place-order", null, 5, 6, Outcome.Refused)).Split('\n');

        Assert.Equal([":invoke 1", ":info 1", ":invoke 3", ":invoke 5", ":fail 5"], lines[..5].Select(TypeAndProcess));
    }

    [Fact]
    public void Shows_operations_that_touch_as_concurrent_but_keeps_the_order_within_a_process()
    {
        string[] touching = Edn(At(0, "read", "1", 1, 2, Outcome.Ok), At(1, "read", "1", 2, 3, Outcome.Ok)).Split('\n');
        string[] following = Edn(At(0, "read", "1", 1, 2, Outcome.Ok), At(0, "read", "1", 2, 2, Outcome.Ok)).Split('\n');

        Assert.Equal([":invoke 0", ":invoke 1", ":ok 0", ":ok 1"], touching[..4].Select(TypeAndProcess));
        Assert.Equal([":invoke 0", ":ok 0", ":invoke 0", ":ok 0"], following[..4].Select(TypeAndProcess));
    }

    [Fact]
    public void Writes_a_line_of_json_for_each_operation_in_the_order_of_invocation()
    {
        var text = new StringWriter();
        HistoryExport.ToJsonLines([At(1, "read", "a\nb", 7, 9, Outcome.Ok), At(2, "read", null, 5, null, Outcome.Unknown)], text);
        string[] lines = text.ToString().TrimEnd('\n').Split('\n');

        Assert.Equal(2, lines.Length);
        Assert.Equal(5, JsonDocument.Parse(lines[0]).RootElement.GetProperty("invoked").GetInt64());
        Assert.Equal("a\nb", JsonDocument.Parse(lines[1]).RootElement.GetProperty("value").GetString());
        Assert.Equal("ok", JsonDocument.Parse(lines[1]).RootElement.GetProperty("outcome").GetString());
    }

    private static string Edn(params Operation[] history)
    {
        var text = new StringWriter();
        HistoryExport.ToEdn(history, text);
        return text.ToString();
    }

    private static string TypeAndProcess(string line)
    {
        if (line.Length == 0)
            return "";
        string[] words = line.Split(' ', ',');
        return words[Array.IndexOf(words, ":type") + 1] + " " + words[Array.IndexOf(words, ":process") + 1];
    }
}
