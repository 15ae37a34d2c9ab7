using Microsoft.AspNetCore.Http;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Reads a request's content once for its digest, and leaves it there for the endpoint.</summary>
internal static class RequestContent
{
    private const int Chunk = 16 * 1024;

    /// <summary>The content bytes; null if they are too many or do not arrive.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int maxBytes)
    {
        if (request.ContentLength > maxBytes)
        {
            return null;
        }

        var content = new MemoryStream();
        try
        {
            var chunk = new byte[Chunk];
            int read;
            while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
            {
                if (content.Length + read > maxBytes)
                {
                    return null;
                }

                content.Write(chunk, 0, read);
            }
        }
        catch (Exception failed) when (failed is IOException or OperationCanceledException or BadHttpRequestException)
        {
            return null;
        }

        // Invariant: the endpoint reads the very bytes whose digest was checked.
        content.Position = 0;
        request.Body = content;
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }
}
