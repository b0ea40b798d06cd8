using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Transactions;

/// <summary>Runs a handful of transactions over registers one after the other in every order; shares nothing with the checker.</summary>
internal static class RegisterBruteForce
{
    /// <param name="history">Of few transactions.</param>
    /// <param name="strict">Whether what was over must come before what began later.</param>
    public static bool HasOrder(IReadOnlyList<ClientOperation> history, bool strict) =>
        CanFinish([.. history.Where(t => t.Outcome != Outcome.Refused)], strict, [], []);

    private static bool CanFinish(List<ClientOperation> all, bool strict, Dictionary<string, string> registers, HashSet<ClientOperation> done)
    {
        ClientOperation[] left = [.. all.Where(t => !done.Contains(t))];
        if (Array.TrueForAll(left, t => t.Outcome == Outcome.Unknown))
            return true;

        foreach (ClientOperation next in left)
        {
            if (strict && Array.Exists(left, t => t.Completed < next.Invoked))
                continue;

            var copy = new Dictionary<string, string>(registers);
            done.Add(next);
            if (Run(next, copy) && CanFinish(all, strict, copy, done))
                return true;

            done.Remove(next);
        }

        return false;
    }

    private static bool Run(ClientOperation transaction, Dictionary<string, string> registers)
    {
        foreach (FormList step in ((FormList)transaction.Value!).Items.Cast<FormList>())
        {
            string key = Form.Text(step.Items[1]), value = Form.Text(step.Items[2]);
            if (Form.Text(step.Items[0]) == "w")
                registers[key] = value;
            else if (transaction.Outcome == Outcome.Ok && registers.GetValueOrDefault(key, "nil") != value)
                return false;
        }

        return true;
    }
}
