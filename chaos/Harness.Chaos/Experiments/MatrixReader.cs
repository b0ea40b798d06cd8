using System.Globalization;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Experiments;

/// <summary>Reads <c>matrix:</c>: for each switch or variable the values to run with in turn; every combination is a variant.</summary>
internal sealed class MatrixReader(IReadOnlyDictionary<string, string> variables, ExperimentChanges changes)
{
    /// <summary>Far more than anybody waits for; a matrix beyond it is a slip of the pen.</summary>
    private const int VariantsMax = 64;

    /// <returns>The values of each variant, by name; one without any when there is no matrix.</returns>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Read(MappingReader root)
    {
        var axes = new Dictionary<string, IReadOnlyList<string>>();
        if (root.Mapping("matrix") is { } fields)
        {
            foreach (string name in fields.Keys)
                axes[name] = ReadAxis(fields, name);
        }

        bool hasNaive = NaiveReader.MakesAxis(root);
        if (hasNaive)
            axes[NaiveReader.Axis] = NaiveReader.Configurations;
        foreach ((string name, IReadOnlyList<string> values) in changes.Matrix)
        {
            axes[name] = values;
            foreach (string problem in Problems(name, values, hasNaive))
                root.Report("matrix", $"--matrix {name}: {problem}");
        }

        if (axes.Values.Aggregate(1L, (count, values) => Math.Min(count * Math.Max(1, values.Count), int.MaxValue)) is > VariantsMax and var count)
        {
            root.Report("matrix", string.Create(CultureInfo.InvariantCulture, $"makes {count} runs; at most {VariantsMax}"));
            return [new Dictionary<string, string>()];
        }

        return [.. axes.Aggregate(
            (IEnumerable<IReadOnlyDictionary<string, string>>)[new Dictionary<string, string>()],
            (variants, axis) => variants.SelectMany(variant => axis.Value.Select(value => new Dictionary<string, string>(variant) { [axis.Key] = value })))];
    }

    private IReadOnlyList<string> ReadAxis(MappingReader fields, string name)
    {
        IReadOnlyList<string> values = fields.Texts(name);
        if (!changes.Matrix.ContainsKey(name))
        {
            foreach (string problem in Problems(name, values, hasNaive: false))
                fields.Report(name, problem);
        }

        return values;
    }

    private IEnumerable<string> Problems(string name, IReadOnlyList<string> values, bool hasNaive)
    {
        if (values.Count == 0)
            yield return "needs at least one value";
        if (values.Distinct().Count() < values.Count)
            yield return $"names a value twice: {string.Join(", ", values)}";
        if (OrderSystemSwitches.Words.TryGetValue(name, out IReadOnlyList<string>? words) || (hasNaive && name == NaiveReader.Axis && (words = NaiveReader.Configurations) is not null))
        {
            foreach (string value in values.Where(value => !words.Contains(value)))
                yield return $"'{value}' is not known; {NearestName.Hint(value, words)}";
        }
        else if (OrderSystemSwitches.Durations.Contains(name))
        {
            foreach (string value in values.Where(value => OrderSystemSwitches.Duration(value) is null))
                yield return $"'{value}' is not {Units.DurationForm}, at most a day";
        }
        else if (!variables.ContainsKey(name) && !OrderSystemSwitches.Numbers.Contains(name))
        {
            yield return $"'{name}' is neither a switch of the order system nor a variable of this file; "
                + NearestName.Hint(name, [.. OrderSystemSwitches.All, .. variables.Keys]);
        }
    }
}
