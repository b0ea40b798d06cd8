using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Turns a client's operations into a model's steps. What constrains nothing (an answerless read, a refused write) is left
/// out.</summary>
internal sealed class StepReader(SequentialObject about, ValueNumbers values)
{
    /// <exception cref="FormatException">The operation is none that the object knows.</exception>
    public TimedStep? Read(in Operation operation)
    {
        Step? step = (about.Kind, operation.Kind) switch
        {
            (ObjectKind.Counter, "read") => operation.Outcome == Outcome.Ok ? Step.Read(Number(operation.Value)) : null,
            (ObjectKind.Counter, "add") => Done(operation, Step.Add(Number(operation.Value))),
            (ObjectKind.Register, "read") => ReadRegister(operation),
            (ObjectKind.Register, "write") => Done(operation, Step.Write(values.NumberOf(operation.Value))),
            (ObjectKind.Register, "cas") => Cas(operation),
            (ObjectKind.KeyValue, "get" or "read") => operation.Outcome == Outcome.Ok ? Step.Read(values.NumberOf(operation.Value ?? "")) : null,
            (ObjectKind.KeyValue, "put" or "write") => Done(operation, Step.Write(values.NumberOf(operation.Value))),
            (ObjectKind.KeyValue, "append") => Done(operation, Step.Append(values.NumberOf(operation.Value))),
            _ => throw new FormatException($"a {about.Kind} knows no operation '{operation.Kind}'"),
        };
        if (step is null)
            return null;

        // What came of it is not known, so when it came back says nothing.
        TimeSpan? returned = operation.Outcome == Outcome.Unknown ? null : operation.Completed ?? TimeSpan.MaxValue;
        return new TimedStep(step.Value, operation.Invoked, returned, operation);
    }

    private static Step? Done(in Operation operation, Step step) => operation.Outcome == Outcome.Refused ? null : step;

    private Step? ReadRegister(in Operation operation)
    {
        if (operation.Outcome != Outcome.Ok || (operation.Value is null && about.ReadOfNilSaysNothing))
            return null;

        return Step.Read(values.NumberOf(operation.Value));
    }

    private Step? Cas(in Operation operation)
    {
        (string? expected, string? value) = CasValue.Parse(operation.Value);
        if (operation.Outcome != Outcome.Refused)
            return Step.Cas(values.NumberOf(expected), values.NumberOf(value));

        return about.RefusedCasAsserts ? Step.FailedCas(values.NumberOf(expected)) : null;
    }

    private static long Number(string? value) => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
        ? number
        : throw new FormatException($"'{value}' is no whole number");
}
