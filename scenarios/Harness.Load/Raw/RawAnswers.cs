using System.Net;

namespace Harness.Load.Raw;

/// <summary>Makes the response to an answer of which only status and size are wanted. Most answers are like the one before, which is then given again.</summary>
internal sealed class RawAnswers
{
    private IResponse? _last;
    private int _lastStatus;

    public IResponse To(AnswerReader reader)
    {
        int status = reader.StatusCode;
        if (_last is { } last && last.SizeBytes == reader.SizeBytes && status == _lastStatus)
            return last;
        Outcome outcome = HttpOutcome.Of((HttpStatusCode)status);
        _lastStatus = status;
        return _last = new Response<object>
        {
            Outcome = outcome,
            Error = outcome == Outcome.Ok ? "" : HttpOutcome.ErrorOf((HttpStatusCode)status),
            StatusCode = HttpOutcome.NameOf((HttpStatusCode)status),
            SizeBytes = reader.SizeBytes,
        };
    }
}
