using System.Text;
using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>A result's evidence as plain lines, for formats that have no tables.</summary>
internal static class WitnessText
{
    public static string Of(CheckResult result)
    {
        var text = new StringBuilder(result.Summary).Append('\n');
        foreach (var (name, value) in result.Numbers)
            text.Append(name).Append(": ").Append(Written.Number(value)).Append('\n');
        foreach (string fact in result.Witness?.Facts ?? [])
            text.Append("- ").Append(fact).Append('\n');
        foreach (Operation operation in result.Witness?.Operations ?? [])
            text.Append(Line(operation)).Append('\n');
        return text.ToString();
    }

    private static string Line(Operation operation) =>
        $"  {Written.Moment(operation.Invoked)} to {Written.Moment(operation.Completed)}: client {operation.Process} "
        + $"{operation.Kind} {operation.Key} {operation.Value} {Written.Word(operation.Outcome)}";
}
