namespace Harness.Target.Resilience;

/// <summary>
/// Bounds what retries add to the load of a callee that is already ill: a bucket that every first try fills by a share of a token, time by
/// a few, and every retry empties by one. When most calls fail, retries are thereby held to about that share of the first tries, where
/// a bare count of retries would multiply the load just when the callee can bear it least.
/// </summary>
/// <remarks>
/// The idea of a budget beside the count is in Google's <i>Site Reliability Engineering</i>, chapter "Handling Overload", and Finagle's
/// RetryBudget has the floor in time. Here what was saved does not grow old, it only has a limit.
/// </remarks>
public sealed class RetryBudget(EdgePolicy policy, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _tokens = policy.RetryBudgetMax;
    private long _refilledAt = time.GetTimestamp();

    /// <summary>A first try was made.</summary>
    public void Earn()
    {
        lock (_gate)
            Fill(policy.RetryBudgetRatio);
    }

    /// <summary>Takes what one retry costs.</summary>
    /// <returns>False when it is not there; then nothing was taken and the call is not to be tried again.</returns>
    public bool TrySpend()
    {
        lock (_gate)
        {
            Fill(0);
            if (_tokens < 1)
                return false;
            _tokens--;
            return true;
        }
    }

    private void Fill(double earned)
    {
        var now = time.GetTimestamp();
        var byTime = time.GetElapsedTime(_refilledAt, now).TotalSeconds * policy.RetryBudgetPerSecond;
        _refilledAt = now;
        _tokens = Math.Min(policy.RetryBudgetMax, _tokens + earned + byTime);
    }
}
