using Harness.Checks.Histories;
using Harness.Checks.Linearizability;
using Harness.Checks.Transactions;
using Harness.Checks.Workloads;
using Harness.Records;

namespace Harness.Checks;

/// <summary>Checks a recorded history against a model, whoever recorded it: <c>harness check FILE --model MODEL</c>.</summary>
public static class HistoryCheck
{
    /// <summary>Every model, by name.</summary>
    public static IReadOnlyList<string> Models { get; } = ["register", "cas-register", "kv", "counter", "set", "queue", "bank", "list-append", RegisterTransactions.Model, "mutex"];

    /// <summary>How much transactions promise, by name; the first is the default.</summary>
    public static IReadOnlyList<string> Levels { get; } = ["strict-serializable", "serializable"];

    /// <summary>Every format, by name; <c>auto</c> finds out.</summary>
    public static IReadOnlyList<string> Formats => HistoryFile.Formats;

    /// <param name="path">A file, or the folder of a run record.</param>
    /// <param name="model">One of <see cref="Models"/>.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="limits">What a search may spend.</param>
    /// <param name="cancellationToken">Ends the search; the answer is then unknown.</param>
    /// <exception cref="HistoryFormatException">It cannot be read, or holds what the model does not know; the message says
    /// where.</exception>
    public static HistoryCheckResult Run(string path, string model, string format, SearchLimits limits, CancellationToken cancellationToken) =>
        Run(path, model, format, Levels[0], limits, cancellationToken);

    /// <inheritdoc cref="Run(string, string, string, SearchLimits, CancellationToken)"/>
    /// <param name="level">One of <see cref="Levels"/>: what is asked of transactions.</param>
    public static HistoryCheckResult Run(
        string path, string model, string format, string level, SearchLimits limits, CancellationToken cancellationToken)
    {
        if (!Models.Contains(model))
            throw new HistoryFormatException($"there is no model '{model}'; there are {string.Join(", ", Models)}");

        if (!Levels.Contains(level))
            throw new HistoryFormatException($"there is no level '{level}'; there are {string.Join(", ", Levels)}");

        bool needsInvocations = model is "register" or "cas-register" or "kv" or "counter" or "mutex";
        return Judge(HistoryFile.Read(path, format, needsInvocations), model, limits, cancellationToken, level);
    }

    internal static HistoryCheckResult Judge(
        ParsedHistory history, string model, SearchLimits limits, CancellationToken cancellationToken, string level = "strict-serializable") => model switch
    {
        "kv" => Search(history, model, SequentialObject.KeyValue, limits, cancellationToken),
        "counter" => CounterBounds.Judge(history) ?? Search(history, model, SequentialObject.Counter, limits, cancellationToken),
        "set" => SetWorkload.Judge(history),
        "queue" => QueueWorkload.Judge(history),
        "bank" => BankWorkload.Judge(history),
        "list-append" => ListAppend.Judge(history, level == Levels[0]),
        RegisterTransactions.Model => RegisterTransactions.Judge(history, level == Levels[0]),
        "register" or "cas-register" when history.Operations.Any(o => o.F == "txn") => RegisterTransactions.Judge(history, level == Levels[0]),
        _ => Search(history, model, RegisterAsMeant(history), limits, cancellationToken),
    };

    internal static HistoryCheckResult Answer(
        ParsedHistory history, string model, Verdict verdict, string summary, Dictionary<string, double>? numbers = null, Witness? witness = null) => new()
    {
        Model = model,
        Format = history.Format,
        Operations = history.Operations.Count,
        Verdict = verdict,
        Summary = summary,
        Numbers = numbers ?? [],
        Witness = witness,
    };

    private static SequentialObject RegisterAsMeant(ParsedHistory history) => SequentialObject.Register with
    {
        RefusedCasAsserts = !history.SpeaksKnossos,
        ReadOfNilSaysNothing = history.SpeaksKnossos,
    };

    private static HistoryCheckResult Search(
        ParsedHistory history, string model, SequentialObject about, SearchLimits limits, CancellationToken cancellationToken)
    {
        Operation[] operations = [.. history.Operations.Select(operation => ModelWords.Translate(operation, about.Kind))];
        LinearizabilityResult result = LinearizabilityChecker.Check(operations, about, limits, cancellationToken);
        return Answer(history, model, result.Verdict, result.Summary, new() { ["keys"] = result.Keys, ["nodes"] = result.Nodes }, result.Witness);
    }
}
