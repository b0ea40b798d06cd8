using Harness.Checks.Histories;
using Harness.Records;

namespace Harness.Checks.Tests.Transactions;

/// <summary>Runs a handful of transactions one after the other in every order; shares nothing with the checker.</summary>
internal static class SerialBruteForce
{
    public static bool IsSerializable(IReadOnlyList<ClientOperation> history) =>
        CanFinish([.. history.Where(t => t.Outcome != Outcome.Refused)], [], []);

    private static bool CanFinish(List<ClientOperation> left, Dictionary<string, List<string>> lists, HashSet<ClientOperation> done)
    {
        if (left.TrueForAll(t => done.Contains(t) || t.Outcome == Outcome.Unknown))
            return true;

        foreach (ClientOperation next in left.Where(t => !done.Contains(t)))
        {
            Dictionary<string, List<string>> copy = lists.ToDictionary(list => list.Key, list => list.Value.ToList());
            done.Add(next);
            if (Run(next, copy) && CanFinish(left, copy, done))
                return true;

            done.Remove(next);
        }

        return false;
    }

    private static bool Run(ClientOperation transaction, Dictionary<string, List<string>> lists)
    {
        foreach (FormList step in ((FormList)transaction.Value!).Items.Cast<FormList>())
        {
            string key = Form.Text(step.Items[1]);
            if (!lists.TryGetValue(key, out List<string>? list))
                lists[key] = list = [];
            if (Form.Text(step.Items[0]) == "append")
                list.Add(Form.Text(step.Items[2]));
            else if (transaction.Outcome == Outcome.Ok && !list.SequenceEqual(step.Items[2] is FormList read ? read.Items.Select(Form.Text) : []))
                return false;
        }

        return true;
    }
}
