using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>One row of the table.</summary>
internal abstract class BenchMeasure
{
    /// <summary>What is measured, with its unit.</summary>
    public abstract string Name { get; }

    /// <summary>What the server promises.</summary>
    public abstract string Goal { get; }

    /// <summary>False when it makes no sense without a proxy.</summary>
    public virtual bool HasDirect => true;

    /// <summary>False when the direct way stands beside as it is, not as a divisor.</summary>
    public virtual bool IsRatioOfDirect => true;

    /// <summary>Measures once.</summary>
    /// <param name="subject">What.</param>
    /// <param name="length">For how long, about.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The number, and what was done as often as that number counts: for CPU per thing.</returns>
    public abstract Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Runs blocking work on a thread of its own.</summary>
    protected static Task<T> OnThreadAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    protected static Socket Connect(IPEndPoint address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address);
        return socket;
    }

    protected static void ReceiveExactly(Socket socket, byte[] buffer, int length)
    {
        int received = 0;
        while (received < length)
        {
            int count = socket.Receive(buffer, received, length - received, SocketFlags.None);
            if (count == 0)
                throw new ToxiproxyException("The connection ended in the middle of a measurement.");
            received += count;
        }
    }

    /// <summary>The smallest value that at least <paramref name="quantile"/> of them do not exceed.</summary>
    protected static double Quantile(List<double> values, double quantile)
    {
        values.Sort();
        return values[Math.Max(0, (int)Math.Ceiling(quantile * values.Count) - 1)];
    }
}

/// <summary>A number, and by how much work it came: <paramref name="Work"/> in <paramref name="WorkUnit"/>s.</summary>
internal sealed record BenchNumber(double Value, double Work, string WorkUnit);
