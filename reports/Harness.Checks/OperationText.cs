using System.Globalization;
using Harness.Records;

namespace Harness.Checks;

/// <summary>Operations for sentences.</summary>
internal static class OperationText
{
    /// <returns><c>read of 3 by process 2 (1.000 to 1.250 s)</c>.</returns>
    public static string Of(in Operation operation)
    {
        string from = operation.Invoked.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture);
        string to = operation.Completed?.TotalSeconds.ToString("0.######", CultureInfo.InvariantCulture) ?? "never";
        return $"{operation.Kind} of {operation.Value ?? "nil"} by process {operation.Process} ({from} to {to} s)";
    }
}
